import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { writeBundle } from './bundle';
import type { Stack } from './stack';

const root = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);

/** Runs the tool as whoever has the project does; gives what it printed. @throws Error with what it said */
export async function violet(args: readonly string[], env: Record<string, string> = {}): Promise<string> {
  const options = { cwd: root, env: { ...process.env, ...env } };
  return (await run('npx', ['violet', ...args], options)).stdout;
}

/** Packs an operator that the platform knows as Absent into a folder; gives the path of the package. */
export async function packOperator(folder: string, version: string, replaces?: string): Promise<string> {
  const bundle = join(folder, `bundle-${version}`);
  await writeBundle(bundle, version, replaces);
  const file = join(folder, `mysql-operator.stable.amd64.v${version}.tgz`);
  const artifact = `harbor.demo.io/middleware/mysql-operator-bundle:v${version}`;
  await violet(['create', bundle, '--artifact', artifact, '--skip-package-images', '--output', file]);
  return file;
}

/** Uploads a folder of packages with the administrator's token. */
export function pushFolder(stack: Stack, folder: string): Promise<string> {
  const platform = ['--platform-address', stack.sandboxUrl, '--platform-token', 'admin-token'];
  return violet(['push', folder, ...platform], { PLATFORM_CA: stack.ca });
}

/** Writes `<file>.sha256` anew; gives its path. */
export async function writeChecksum(file: string): Promise<string> {
  await writeFile(`${file}.sha256`, `${await checksumOf(file)}  ${file.split('/').at(-1)}\n`);
  return `${file}.sha256`;
}

export async function checksumOf(file: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
}
