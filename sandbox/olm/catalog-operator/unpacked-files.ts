import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { parseAllDocuments } from 'yaml';
import type { KubeObject } from '../../client/types.ts';
import type { BundleFile } from '../catalog/bundle-images.ts';
import { isManifest } from '../catalog/manifests.ts';

/**
 * The `binaryData` of an unpack ConfigMap: a key per file, its bytes base64 of gzip, which JSON shows in base64 once
 * more (operator-registry, `configmap.ConfigMapWriter` with `opm alpha bundle extract -z`).
 */
export function packedFiles(files: BundleFile[]): Record<string, string> {
  return Object.fromEntries(
    files.map(({ name, content }) => {
      const inner = gzipSync(content).toString('base64');
      return [name.replaceAll(/[^-\w.]/g, '~'), Buffer.from(inner).toString('base64')];
    }),
  );
}

/** What such a ConfigMap holds, in the order of its keys. Throws naming the file when one can't be read. */
export function unpackedObjects(binaryData: Record<string, string>): KubeObject[] {
  return Object.keys(binaryData)
    .sort()
    .flatMap((file) => objectsIn(file, binaryData[file] ?? ''));
}

/** Several clusters unpack the same image, and YAML of large CRDs is slow to read. Keyed by what was read. */
const cache = new Map<string, KubeObject[]>();
const maxCached = 1_000;

function objectsIn(file: string, packed: string): KubeObject[] {
  const key = createHash('sha256').update(packed).digest('base64');
  let objects = cache.get(key);
  if (!objects) {
    const inner = Buffer.from(packed, 'base64').toString('latin1');
    const text = gunzipSync(Buffer.from(inner, 'base64'), { maxOutputLength: 8 << 20 }).toString('utf8');
    objects = parse(file, text);
    if (cache.size >= maxCached) cache.clear();
    cache.set(key, objects);
  }
  return objects;
}

function parse(file: string, text: string): KubeObject[] {
  if (file.endsWith('.json')) {
    const value: unknown = JSON.parse(text);
    return isManifest(value) ? [value] : [];
  }
  return parseAllDocuments(text).flatMap((document) => {
    const [error] = document.errors;
    if (error) throw new Error(`${file}: ${error.message}`);
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    return isManifest(value) ? [value] : [];
  });
}
