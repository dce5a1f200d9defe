#!/usr/bin/env node
// `npx violet` in the project: the very file that is handed out, made anew when its sources are newer.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'node_modules', '.cache', 'violet');
const file = join(folder, 'violet.mjs');

function newest(path) {
  const { mtimeMs } = statSync(path);
  const isFolder = statSync(path).isDirectory();
  return isFolder ? Math.max(mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name)))) : mtimeMs;
}

const sources = ['cli', join('lib', 'packages'), join('lib', 'kube'), 'package-lock.json'];
const isFresh =
  existsSync(file) && sources.every((path) => newest(join(root, path)) < statSync(file).mtimeMs);
if (!isFresh) {
  const { buildViolet } = await import('../scripts/lib/violet.mjs');
  await buildViolet(folder);
}
await import(pathToFileURL(file).href);
