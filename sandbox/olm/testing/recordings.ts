import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const shared = resolve(process.cwd(), '../shared/data');

/** The recorded traffic and real catalogs lie beside the project, not in it; tests that need them skip without. */
export const haveRecordings = existsSync(shared);

if (!haveRecordings) console.warn('recordings are absent: tests against them are skipped');

export function sharedPath(path: string): string {
  return resolve(shared, path);
}

/** A recorded file as JSON; what `T` says about it is the test's own knowledge. */
export function recording<T>(name: string): T {
  return JSON.parse(readFileSync(sharedPath(`real/${name}`), 'utf8')) as T;
}
