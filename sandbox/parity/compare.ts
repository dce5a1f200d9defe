import { isObject } from '../apiserver/json.ts';
import { canonical, deepDifferences } from './canonical.ts';
import type { Recording } from './recordings.ts';
import type { Answer } from './replay.ts';

/** Headers that clients rely on. */
const headers = [
  'content-type',
  'etag',
  'retry-after',
  'warning',
  'x-content-type-options',
  'cache-control',
  'vary',
];

/** In which points an answer differs from the recorded one: status, headers, and every member of the body. */
export function differences(recorded: Recording, { response, body }: Answer): string[] {
  return [...headDifferences(recorded, response), ...bodyDifferences(recorded.body, body)];
}

export function headDifferences(
  { status, headers: recordedHeaders }: Pick<Recording, 'status' | 'headers'>,
  response: Response,
): string[] {
  const found: string[] = [];
  if (status !== response.status) found.push(`status: recorded ${status}, got ${response.status}`);
  const was = new Headers(recordedHeaders);
  for (const name of headers) {
    const [recorded, got] = [headerOf(was, name), headerOf(response.headers, name)];
    if (recorded !== got) found.push(`header ${name}: recorded ${recorded}, got ${got}`);
  }
  return found;
}

/** A header; of an etag that is a hash of the answer, that it is one. */
function headerOf(from: Headers, name: string): string | null {
  return from.get(name)?.replace(/^"[0-9A-F]{128}"$/, '(hash)') ?? null;
}

/** A Status is compared word by word, anything else without what differs from run to run. */
export function bodyDifferences(was: unknown, is: unknown): string[] {
  const exact = isObject(was) && was.kind === 'Status';
  return exact
    ? deepDifferences(withoutRevisions(was), withoutRevisions(is))
    : deepDifferences(canonical(was), canonical(is));
}

function withoutRevisions(status: unknown): unknown {
  const text = JSON.stringify(status).replace(/(?<=current: )\d+/, '(revision)');
  return JSON.parse(text) as unknown;
}
