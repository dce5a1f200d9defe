import { gunzipSync } from 'node:zlib';
import type { KubeObject } from '../../client/types.ts';
import type { ClusterServiceVersion } from '../api.ts';
import type { Bundle } from './model.ts';

const maxObjectBytes = 4 * 1024 * 1024;

/** The manifests that stand in the catalog itself (`olm.bundle.object`), in catalog order; none for image bundles. */
export function inlineManifests(bundle: Bundle): KubeObject[] {
  const objects: KubeObject[] = [];
  for (const { type, value } of bundle.properties) {
    if (type !== 'olm.bundle.object') continue;
    const { data } = value as { data?: unknown };
    if (typeof data !== 'string') continue;
    const object = decode(data);
    if (object) objects.push(object);
  }
  return objects;
}

/** A CSV's description as catalogs carry it; field names are those of `olm.csv.metadata`. */
export interface CsvMetadata {
  annotations?: Record<string, string>;
  labels?: Record<string, string>;
  apiServiceDefinitions?: unknown;
  crdDescriptions?: { owned?: Record<string, unknown>[]; required?: Record<string, unknown>[] };
  description?: string;
  displayName?: string;
  installModes?: { type: string; supported: boolean }[];
  keywords?: string[];
  links?: unknown[];
  maintainers?: unknown[];
  maturity?: string;
  minKubeVersion?: string;
  nativeAPIs?: unknown[];
  provider?: { name?: string; url?: string };
  icon?: { base64data: string; mediatype: string }[];
}

/** What the catalog knows of a bundle's CSV, from `olm.csv.metadata` or else from the CSV among its objects. */
export function csvMetadataOf(bundle: Bundle): CsvMetadata {
  const property = bundle.properties.find((it) => it.type === 'olm.csv.metadata')?.value;
  if (typeof property === 'object' && property !== null) return property as CsvMetadata;
  const csv = inlineManifests(bundle).find(isCsv);
  if (!csv) return {};
  const { spec, metadata } = csv;
  const { customresourcedefinitions, apiservicedefinitions, ...rest } = withGoName(spec, 'minKubeVersion');
  return {
    ...(rest as Omit<CsvMetadata, 'annotations' | 'labels'>),
    apiServiceDefinitions: apiservicedefinitions ?? {},
    crdDescriptions: (customresourcedefinitions ?? {}) as NonNullable<CsvMetadata['crdDescriptions']>,
    ...(metadata.annotations ? { annotations: metadata.annotations } : {}),
    ...(metadata.labels ? { labels: metadata.labels } : {}),
  };
}

/** Go finds a field whatever the case of its letters, and writes its own. */
export function withGoName<T extends object>(object: T, name: string): T {
  const entries = Object.entries(object).map(([key, value]) => [
    key.toLowerCase() === name.toLowerCase() ? name : key,
    value,
  ]);
  return Object.fromEntries(entries) as T;
}

export function isCsv(object: KubeObject): object is ClusterServiceVersion {
  return object.kind === 'ClusterServiceVersion';
}

function decode(data: string): KubeObject | undefined {
  let bytes = Buffer.from(data, 'base64');
  try {
    if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
      bytes = gunzipSync(bytes, { maxOutputLength: maxObjectBytes });
    }
    const object: unknown = JSON.parse(bytes.toString('utf8'));
    return isObject(object) ? object : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is KubeObject {
  const { kind, metadata } = (value ?? {}) as { kind?: unknown; metadata?: unknown };
  return typeof kind === 'string' && typeof metadata === 'object' && metadata !== null;
}

/** Whether a document of a bundle is an object that a cluster could be asked to have. */
export function isManifest(value: unknown): value is KubeObject {
  const { kind, apiVersion, metadata } = (value ?? {}) as Record<string, unknown>;
  return typeof kind === 'string' && typeof apiVersion === 'string' && typeof metadata === 'object';
}
