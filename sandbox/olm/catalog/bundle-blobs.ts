import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import type { KubeObject } from '../../client/types.ts';
import type { ClusterServiceVersion } from '../api.ts';
import { isCsv, isManifest } from './manifests.ts';

const prefix = 'operators.operatorframework.io.bundle.';
const annotationsSchema = z.object({ annotations: z.record(z.string(), z.coerce.string()) });
const dependenciesSchema = z.object({
  dependencies: z.array(z.object({ type: z.string(), value: z.unknown() })).default([]),
});

/** One version of an operator as its bundle image tells it (`registry+v1`). */
export interface BundleContent {
  packageName: string;
  channels: string[];
  /** Empty when the bundle names none. */
  defaultChannel: string;
  csv: ClusterServiceVersion;
  objects: KubeObject[];
  dependencies: { type: string; value?: unknown }[];
}

/** Which files of a bundle image are read. */
export function isBundleFile(path: string): boolean {
  return /^(manifests|metadata)\/[^/]+\.(json|ya?ml)$/.test(path);
}

/**
 * Reads a bundle from the files of its image.
 * @throws Error that says which file is wrong, or what is missing
 */
export function readBundle(files: ReadonlyMap<string, Buffer>): BundleContent {
  const annotations = bundleAnnotations(files);
  if (!annotations) throw new Error('has no metadata/annotations.yaml with annotations');
  const packageName = annotations[`${prefix}package.v1`] ?? '';
  if (!/^[A-Za-z0-9]([-A-Za-z0-9._]*[A-Za-z0-9])?$/.test(packageName)) {
    throw new Error(`metadata/annotations.yaml names no package (${prefix}package.v1)`);
  }
  const objects = manifestsOf(files);
  const csvs = objects.filter(isCsv);
  const [csv] = csvs;
  if (!csv || csvs.length > 1) throw new Error(`has ${csvs.length} ClusterServiceVersions, not one`);
  const channels = words(annotations[`${prefix}channels.v1`] ?? '');
  return {
    packageName,
    channels: channels.length > 0 ? channels : ['stable'],
    defaultChannel: annotations[`${prefix}channel.default.v1`] ?? '',
    csv,
    objects,
    dependencies: [...files]
      .filter(([path]) => /^metadata\/dependencies\.ya?ml$/.test(path))
      .flatMap(([path, data]) => dependenciesSchema.parse(documents(path, data)[0]).dependencies),
  };
}

/** The manifests of a bundle image's files, in the order of their names, as the unpacker reads them. */
function manifestsOf(files: ReadonlyMap<string, Buffer>): KubeObject[] {
  return [...files]
    .filter(([path]) => path.startsWith('manifests/'))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([path, data]) => documents(path, data).filter(isManifest));
}

/** What `metadata/annotations.yaml` says; `undefined` when the image has none. */
export function bundleAnnotations(files: ReadonlyMap<string, Buffer>): Record<string, string> | undefined {
  const found = [...files].find(([path]) => /^metadata\/annotations\.ya?ml$/.test(path));
  return found && annotationsSchema.safeParse(documents(...found)[0]).data?.annotations;
}

function documents(path: string, data: Buffer): unknown[] {
  return parseAllDocuments(data.toString('utf8')).map((document) => {
    const [error] = document.errors;
    if (error) throw new Error(`${path}: ${error.message}`);
    return document.toJS({ maxAliasCount: 100 });
  });
}

function words(text: string): string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}
