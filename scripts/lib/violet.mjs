// The packaging and listing tool as one file that needs Node.js and nothing else.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from './project.mjs';

/**
 * Bundles `violet.mjs` into a folder, with its checksum beside it in `violet.mjs.sha256`.
 * @returns {Promise<string>} the path of the file
 */
export async function buildViolet(folder) {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'violet.mjs');
  const part = `${file}.${process.pid}.part`;
  await build({
    entryPoints: [join(root, 'cli', 'main.ts')],
    outfile: part,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.9',
    // Without it `server-only` throws, which knows servers by this condition.
    conditions: ['react-server'],
    tsconfig: join(root, 'tsconfig.json'),
    legalComments: 'eof',
    logLevel: 'error',
    banner: {
      // CommonJS packages in it ask for Node.js' own modules.
      js: '#!/usr/bin/env node\nimport { createRequire as violetRequire } from "node:module";\nconst require = violetRequire(import.meta.url);',
    },
  });
  renameSync(part, file);
  const digest = createHash('sha256').update(readFileSync(file)).digest('hex');
  writeFileSync(`${file}.sha256`, `${digest}  violet.mjs\n`);
  return file;
}
