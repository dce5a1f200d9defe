import 'server-only';
import type { Context, PlatformContext } from '@/lib/kube/context';
import type { OperatorList, Unread } from '../contract';
import { withStatus } from '../rules/catalogue-status';
import type { CatalogSourceObject } from '../rules/objects';
import { describeSubscription } from '../rules/subscription';
import { packageIndex } from './package-index';
import { readable } from './partial';
import { readAbsent } from './read-absent';
import { readInstallations } from './read-olm';
import { catalogSources } from './refs';

/**
 * The catalogue of a cluster: one row per (catalog, package) with its status over all namespaces, or only
 * that of `namespace` for users who may not read the whole cluster.
 * What the user may not read is named in `partial`.
 * @throws KubeError when the user may not list PackageManifests: there is no catalogue without them;
 * ProblemError `not-found` on a cluster without OLM
 */
export async function listOperators(
  context: PlatformContext,
  { namespace }: { namespace?: string } = {},
): Promise<OperatorList> {
  const partial: Unread = [];
  const [{ rows, packages }, { subscriptions, facts }] = await Promise.all([
    readCatalogs(context, partial, namespace).then((catalogs) =>
      packageIndex(context, { catalogs, namespace }),
    ),
    readInstallations(context, partial, { namespace }),
  ]);
  const described = subscriptions.map((subscription) => describeSubscription(subscription, facts));
  // Uploading is a matter of the whole cluster: who may read one namespace only can't do anything about it.
  const absent = namespace ? [] : await readAbsent(context, packages, partial);
  const items = [...rows.map((row) => withStatus(row, described)), ...absent].sort((left, right) =>
    left.displayName.localeCompare(right.displayName, 'en'),
  );
  return { items, partial };
}

/** A fingerprint of the CatalogSources: it changes when one is added, removed, or serves something else. */
async function readCatalogs(context: Context, partial: Unread, namespace?: string): Promise<string> {
  const list = context.kube.list<CatalogSourceObject>(catalogSources, { namespace });
  const items = await readable(list, partial);
  return (items ?? [])
    .map(({ metadata }) => `${metadata.uid}/${metadata.resourceVersion}`)
    .sort()
    .join(' ');
}
