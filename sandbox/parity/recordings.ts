import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isObject } from '../apiserver/json.ts';

/** One recorded request to a real API server and its answer. */
export interface Recording {
  request: {
    method: string;
    path: string;
    user: string;
    accept: string | null;
    contentType: string | null;
    body: unknown;
  };
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

const root = fileURLToPath(new URL('../../../shared/data/', import.meta.url));
const folder = `${root}real/`;

/** Whether the recordings lie beside the project; tests that need them are skipped when not. */
export const hasRecordings = existsSync(folder);

export const missingRecordings =
  'the recordings of a real API server are not beside the project (../shared/data/real)';

/** Where the catalogs and bundle images of the recorded server lie. */
export const recorded = {
  hub: `${root}catalogs/community-v1`,
  newHub: `${root}catalogs/community-v2`,
  inline: `${root}catalogs/inline`,
  bundles: `${root}catalogs/bundles`,
};

/** The names of all recordings. */
export function recordingFiles(): string[] {
  if (!hasRecordings) return [];
  return readdirSync(folder)
    .filter((file) => /\.jsonl?$/.test(file))
    .sort();
}

/** A recording as it lies there. */
export function recordingText(file: string): string {
  return readFileSync(folder + file, 'utf8');
}

/** A recording that is no request with its answer: a list, an object, a set of lists. */
export function recordedValue<T = Record<string, unknown>>(file: string): T {
  // The caller knows the shape of the file that it names; recordings do not change.
  return JSON.parse(recordingText(file)) as T;
}

/** A recorded request with its answer, the body parsed when it is JSON; undefined when the file is something else. */
export function recording(file: string): Recording | undefined {
  const parsed = recordedValue<Partial<Recording>>(file);
  if (!isObject(parsed.request)) return undefined;
  const whole = parsed as Recording;
  return { ...whole, body: parsedBody(whole.body) };
}

/** A body that came as text: one JSON document, or several of a stream, one per line. */
export function parsedBody(body: unknown): unknown {
  if (typeof body !== 'string') return body;
  try {
    return JSON.parse(body);
  } catch {
    return parsedLines(body) ?? body;
  }
}

function parsedLines(body: string): unknown[] | undefined {
  try {
    return body
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
  } catch {
    return undefined;
  }
}
