import { gunzipSync } from 'node:zlib';
import { field, type Json, record, text } from '../untrusted';
import { annotationOf, parseManifests } from './manifest';

const MAX_FILE_BYTES = 8 << 20;
const MAX_FILES = 2000;

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
  for (const [file, value, encoded] of files.slice(0, MAX_FILES)) {
    const { objects, problem } = readFile(value, encoded);
    bundle.objects.push(...objects);
    if (problem) bundle.problems.push({ file: text(file, 253), problem });
  }
  if (files.length === 0) bundle.problems.push({ file: '', problem: 'it is empty' });
  return bundle;
}

function readFile(value: unknown, encoded: boolean): { objects: Json[]; problem?: string } {
  if (typeof value !== 'string') return { objects: [], problem: 'it is not text' };
  try {
    return parseManifests(encoded ? decode(value) : value);
  } catch (error) {
    return { objects: [], problem: (error instanceof Error ? error.message : String(error)).slice(0, 300) };
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
