import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

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
  inline: `${root}catalogs/inline`,
  bundles: `${root}catalogs/bundles`,
};

/** A recording by file name, its body parsed when it is one JSON document. */
export function recording(file: string): Recording {
  const parsed = JSON.parse(readFileSync(folder + file, 'utf8')) as Recording;
  return { ...parsed, body: parsedBody(parsed.body) };
}

function parsedBody(body: unknown): unknown {
  if (typeof body !== 'string') return body;
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
