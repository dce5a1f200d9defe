import { gunzipSync } from 'node:zlib';
import { field, type Json, record, text } from '../untrusted';
import { annotationOf, type ParsedManifests, parseManifests } from './manifest';

const MAX_FILE_BYTES = 4 << 20;
const MAX_FILES = 2000;
// Gzip makes a thousandth of some texts, so a ConfigMap of 1 MB says nothing of what is in it.
const MAX_CHARACTERS = 16_000_000;

/** A bundle as OLM unpacked it: its objects, and the files of it that can't be read. */
export interface UnpackedBundle {
  objects: Json[];
  problems: { file: string; problem: string }[];
}

/**
 * Reads the ConfigMap into which OLM's unpack Job wrote a bundle image: one key per manifest. With the annotation
 * `olm.contentEncoding: gzip+base64` the bytes of `binaryData` are themselves base64 of gzip
 * (operator-registry, `configmap.ConfigMapWriter`). Runs on the server only: browsers have no zlib.
 */
export function readUnpackedBundle(configMap: unknown): UnpackedBundle {
  const bundle: UnpackedBundle = { objects: [], problems: [] };
  const encoding = annotationOf(configMap, 'olm.contentEncoding');
  if (encoding && encoding !== 'gzip+base64') {
    bundle.problems.push({ file: '', problem: `its encoding ${text(encoding, 50)} is not known` });
    return bundle;
  }
  const files = [
    ...Object.entries(record(field(configMap, 'data'))).map((entry) => [...entry, false] as const),
    ...Object.entries(record(field(configMap, 'binaryData'))).map((entry) => [...entry, true] as const),
  ];
  let left = MAX_CHARACTERS;
  for (const [file, value, encoded] of files.slice(0, MAX_FILES)) {
    if (left <= 0) {
      bundle.problems.push({
        file: text(file, 253),
        problem: `the files before it are larger than ${MAX_CHARACTERS} characters`,
      });
      break;
    }
    const { objects, problem, size } = readFile(value, encoded);
    left -= size;
    bundle.objects.push(...objects);
    if (problem) bundle.problems.push({ file: text(file, 253), problem });
  }
  if (files.length === 0) bundle.problems.push({ file: '', problem: 'it is empty' });
  return bundle;
}

function readFile(value: unknown, encoded: boolean): ParsedManifests & { size: number } {
  if (typeof value !== 'string') return { objects: [], problem: 'it is not text', size: 0 };
  try {
    const content = encoded ? decode(value) : value;
    return { ...parseManifests(content), size: content.length };
  } catch (error) {
    // It may have been unpacked as far as that is allowed.
    const problem = (error instanceof Error ? error.message : String(error)).slice(0, 300);
    return { objects: [], problem, size: MAX_FILE_BYTES };
  }
}

function decode(value: string): string {
  const bytes = Buffer.from(value, 'base64');
  if (isGzip(bytes)) return gunzip(bytes);
  const inner = Buffer.from(bytes.toString('latin1'), 'base64');
  return isGzip(inner) ? gunzip(inner) : bytes.toString('utf8');
}

function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function gunzip(bytes: Buffer): string {
  return gunzipSync(bytes, { maxOutputLength: MAX_FILE_BYTES }).toString('utf8');
}
