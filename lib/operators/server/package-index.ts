import 'server-only';
import type { Context } from '@/lib/kube/context';
import { KubeError } from '@/lib/kube/errors';
import { ProblemError } from '@/lib/kube/problem';
import { shared } from '@/lib/kube/shared';
import type { KubeObject } from '@/lib/kube/types';
import {
  type OfferedPackage,
  type PackageRow,
  readOfferedPackage,
  readPackageRow,
} from '../rules/package-manifest';
import { packageManifests } from './refs';
import { sourceRules } from './source-rules';

const FRESH_MS = 30_000;
const MAX_INDEXES = 64;

interface Entry {
  until: number;
  /** Changes when a catalog does. */
  catalogs: string;
  index: Promise<PackageIndex>;
}

export interface PackageIndex {
  /** What the catalogue shows. */
  rows: PackageRow[];
  /** Every package of every catalog, also those that the catalogue leaves out. */
  packages: OfferedPackage[];
}

/**
 * The packages that a user may see on a cluster, slim. PackageManifests can't be watched, ignore `limit`
 * and are megabytes, so the parsed rows are kept for half a minute, or until a catalog changes: one index
 * per cluster and user, because what is served depends on the user's rights.
 * @param namespace for users who may not list the whole cluster; global catalogs are served in each
 * @param catalogs fingerprint of the CatalogSources, so that a change of one is seen at once
 * @throws KubeError when the user may not list them, ProblemError `not-found` on a cluster without OLM
 */
export async function packageIndex(
  context: Context,
  { catalogs = '', namespace }: { catalogs?: string; namespace?: string } = {},
): Promise<PackageIndex> {
  const indexes = shared('package-indexes', () => new Map<string, Entry>());
  const key = `${context.kube.endpoint.baseUrl}\0${context.kube.credentialKey}\0${namespace ?? ''}`;
  const known = indexes.get(key);
  if (known && known.until > Date.now() && known.catalogs === catalogs) return known.index;

  // Several requests share one list, so none of them may cancel it when its reader goes away.
  const signal = AbortSignal.timeout(60_000);
  const index = context.kube
    .list<KubeObject>(packageManifests, { namespace, signal })
    .catch((error) => Promise.reject(withoutOlm(context, error)))
    .then(({ items }) => ({
      rows: items.flatMap((item) => readPackageRow(item, sourceRules()) ?? []),
      packages: items.map((item) => readOfferedPackage(item, sourceRules())),
    }));
  const entry = { until: Date.now() + FRESH_MS, catalogs, index };
  indexes.delete(key);
  indexes.set(key, entry);
  for (const oldest of indexes.keys()) {
    if (indexes.size <= MAX_INDEXES) break;
    indexes.delete(oldest);
  }
  index.catch(() => {
    if (indexes.get(key) === entry) indexes.delete(key);
  });
  return index;
}

/** The API server knows the resource only where OLM's packageserver is registered. */
function withoutOlm(context: Context, error: unknown): unknown {
  if (!(error instanceof KubeError) || error.status !== 404) return error;
  return new ProblemError(
    'not-found',
    `Cluster "${context.cluster.name}" serves no PackageManifests: the Operator Lifecycle Manager is not installed there, or its packageserver is not registered.`,
    { cluster: context.cluster.name, verb: 'list', resource: 'packagemanifests' },
  );
}
