// npm run verify: what can be checked in half a minute, without a sandbox or a browser.
import { join } from 'node:path';
import { ensureInstalled, main, root, runProgram } from './lib/project.mjs';

const bin = (...path) => join(root, 'node_modules', ...path);
const checks = [
  ['format and lint', [bin('@biomejs', 'biome', 'bin', 'biome'), 'ci', '.']],
  ['types', [bin('typescript', 'bin', 'tsc'), '--noEmit']],
  ['unused code', [bin('knip', 'bin', 'knip.js')]],
  ['unit tests', [bin('vitest', 'vitest.mjs'), 'run', '--project', 'unit']],
];

await main(async () => {
  await ensureInstalled();
  const failed = [];
  for (const [name, args] of checks) {
    const started = performance.now();
    const status = await runProgram(process.execPath, args);
    console.log(
      `${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`,
    );
    if (status !== 0) failed.push(name);
  }
  if (failed.length > 0) {
    console.error(`\nNot green: ${failed.join(', ')}.`);
    process.exit(1);
  }
});
