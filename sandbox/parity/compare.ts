import { isObject } from '../apiserver/json.ts';
import type { Recording } from './recordings.ts';

/** Headers that clients rely on. */
const headers = ['content-type', 'retry-after', 'warning', 'x-content-type-options', 'cache-control', 'vary'];

/** In which points an answer differs from the recorded one: status, headers, and the parts of a Status. */
export function differences(recorded: Recording, response: Response, body: unknown): string[] {
  const found: string[] = [];
  const check = (what: string, was: unknown, is: unknown) => {
    if (JSON.stringify(was) !== JSON.stringify(is))
      found.push(`${what}: recorded ${JSON.stringify(was)}, got ${JSON.stringify(is)}`);
  };
  check('status', recorded.status, response.status);
  const recordedHeaders = new Map(
    Object.entries(recorded.headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  for (const name of headers) check(name, recordedHeaders.get(name) ?? null, response.headers.get(name));
  if (!isObject(recorded.body)) {
    if (typeof recorded.body === 'string') check('body', recorded.body, body);
    return found;
  }
  if (recorded.body.kind !== 'Status') {
    const was = new Set(shapeOf(recorded.body));
    const is = new Set(shapeOf(body));
    check(
      'paths missing',
      [],
      [...was].filter((path) => !is.has(path)),
    );
    check(
      'paths too many',
      [],
      [...is].filter((path) => !was.has(path)),
    );
    return found;
  }
  const got = isObject(body) ? body : {};
  for (const key of ['kind', 'apiVersion', 'metadata', 'status', 'message', 'reason', 'details', 'code']) {
    check(key, ordered(recorded.body[key]), ordered(got[key]));
  }
  return found;
}

/** The same value with its keys in order. */
export function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, ordered(value[key])]),
  );
}

/** Every path of a value with the type that stands there; lists count by their first items. */
export function shapeOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value))
    return value.length === 0
      ? [`${path}[]`]
      : [...new Set(value.flatMap((item) => shapeOf(item, `${path}[]`)))];
  if (!isObject(value)) return [`${path}: ${value === null ? 'null' : typeof value}`];
  return Object.entries(value).flatMap(([key, child]) => shapeOf(child, `${path}.${key}`));
}
