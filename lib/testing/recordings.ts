import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'vitest';

const root = new URL('../../../shared/data/', import.meta.url);

/** Whether the recordings and real objects, which are not part of the project, are there. */
export const haveRecordings = existsSync(root);

/** A test on real objects; skipped, and saying so, where they are not. */
export const realTest = haveRecordings
  ? test
  : (name: string, _run: () => void) => test.skip(`${name} (no real objects beside the project)`, () => {});

/** A file of the recordings, as text. */
export function recording(path: string): string {
  return readFileSync(fileURLToPath(new URL(path, root)), 'utf8');
}

/** The names of a folder's recordings that a pattern fits. */
export function recordingsIn(folder: string, pattern: RegExp): string[] {
  return readdirSync(fileURLToPath(new URL(`${folder}/`, root))).filter((name) => pattern.test(name));
}
