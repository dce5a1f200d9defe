import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { type Blob, type CatalogProblem, readBlobs } from './blobs.ts';
import { buildCatalog, type CatalogContent } from './model.ts';

const maxFileBytes = 64 * 1024 * 1024;
const maxCatalogBytes = 256 * 1024 * 1024;

export interface LoadedCatalog extends CatalogContent {
  /** Equal for equal files: tells whether a change on disk changes what is served. */
  digest: string;
}

/**
 * Reads a file-based catalog: one file, or a folder with all `.json`, `.yaml` and `.yml` files below it. Never throws
 * for what the files contain; unreadable ones are among the problems. Throws when `path` itself does not exist.
 */
export async function loadCatalog(path: string): Promise<LoadedCatalog> {
  const blobs: Blob[] = [];
  const problems: CatalogProblem[] = [];
  const hash = createHash('sha256');
  let total = 0;
  for (const file of await catalogFiles(path)) {
    const shown = relative(process.cwd(), file).startsWith('..') ? file : relative(process.cwd(), file);
    const { size } = await stat(file);
    total += size;
    if (size > maxFileBytes || total > maxCatalogBytes) {
      const limit = size > maxFileBytes ? maxFileBytes : maxCatalogBytes;
      problems.push({ file: shown, line: 1, message: `is larger than ${limit} bytes allow; not read` });
      continue;
    }
    const content = await readFile(file, 'utf8');
    hash.update(file).update('\0').update(content);
    const read = readBlobs(shown, content);
    blobs.push(...read.blobs);
    problems.push(...read.problems);
  }
  const built = buildCatalog(blobs);
  return {
    packages: built.packages,
    problems: [...problems, ...built.problems],
    digest: hash.digest('hex'),
  };
}

/** Names, sizes and times of a catalog's files in one string: a cheap way to see that something changed. */
export async function catalogStamp(path: string): Promise<string> {
  const parts: string[] = [];
  for (const file of await catalogFiles(path)) {
    const { size, mtimeMs, ino } = await stat(file);
    parts.push(`${file}:${size}:${mtimeMs}:${ino}`);
  }
  return parts.join('\n');
}

async function catalogFiles(path: string): Promise<string[]> {
  if ((await stat(path)).isFile()) return [path];
  const files: string[] = [];
  for (const entry of await readdir(path, { withFileTypes: true })) {
    if (entry.name.startsWith('.')) continue;
    const child = join(path, entry.name);
    if (entry.isDirectory() || (entry.isSymbolicLink() && (await stat(child)).isDirectory())) {
      files.push(...(await catalogFiles(child)));
    } else if (/\.(json|ya?ml)$/.test(entry.name)) files.push(child);
  }
  return files.sort();
}
