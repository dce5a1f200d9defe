// npm test: every test, the browser's too. Ends with one line of counts.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { ensureChromium } from './lib/chromium.mjs';
import { ensureInstalled, main, root, runProgram } from './lib/project.mjs';

await main(async () => {
  await ensureInstalled();
  process.env.CHROMIUM_PATH = await ensureChromium();
  const reports = mkdtempSync(join(tmpdir(), 'marketplace-test-'));
  process.on('exit', () => rmSync(reports, { recursive: true, force: true }));

  const counts = { passed: 0, failed: 0, skipped: 0 };
  const add = (more) => {
    for (const key of Object.keys(counts)) counts[key] += more[key];
  };
  await ensureBuilt();
  add(await vitest(join(reports, 'vitest.json')));
  add(await playwright(join(reports, 'playwright.json')));

  console.log(
    `\n${counts.passed} passed, ${counts.failed} failed${counts.skipped ? `, ${counts.skipped} skipped` : ''}`,
  );
  process.exit(counts.failed > 0 || counts.passed === 0 ? 1 : 0);
});

async function vitest(report) {
  const status = await runProgram(process.execPath, [
    join(root, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]);
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  const result = JSON.parse(readFileSync(report, 'utf8'));
  const failed = result.numFailedTests;
  // A file that breaks before its first test counts as a failure too.
  return {
    passed: result.numPassedTests,
    failed: failed || (status === 0 ? 0 : 1),
    skipped: result.numPendingTests,
  };
}

async function playwright(report) {
  const status = await runProgram(
    process.execPath,
    [
      join(root, 'node_modules', '@playwright', 'test', 'cli.js'),
      'test',
      '--config',
      'e2e/playwright.config.ts',
      '--reporter=line,json',
    ],
    { env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report } },
  );
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  const { expected, unexpected, flaky, skipped } = JSON.parse(readFileSync(report, 'utf8')).stats;
  return { passed: expected + flaky, failed: unexpected || (status === 0 ? 0 : 1), skipped };
}
