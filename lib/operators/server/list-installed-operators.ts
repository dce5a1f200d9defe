import 'server-only';
import type { Context } from '@/lib/kube/context';
import type { Unread } from '../contract';
import type { InstalledOperatorList } from '../installed-contract';
import {
  type Closer,
  type Installed,
  type InstalledFacts,
  installedOperators,
  isSubscription,
  wantsCloserLook,
  withDiagnosis,
} from '../rules/installed';
import type { CatalogSourceObject } from '../rules/objects';
import { listGroups, listPlans, listSubscriptions, listVersions } from './olm-objects';
import { packageIndex } from './package-index';
import { readable } from './partial';
import { namespaceLister, readCloser } from './read-closer';
import { catalogSources } from './refs';

/** In so many namespaces a closer look is taken at what is stuck; a page that needs more tells it one by one. */
const MAX_CLOSER = 8;

/**
 * Everything that OLM runs on a cluster, or in one namespace of it: one row per Subscription and per
 * ClusterServiceVersion without one, with what keeps it where it is stuck.
 * @throws KubeError when the user may not list Subscriptions: without them there is no such list
 */
export async function listInstalledOperators(
  context: Context,
  options: { namespace?: string } = {},
): Promise<InstalledOperatorList> {
  const { items, partial } = await readInstalledOperators(context, options);
  return { items, partial };
}

/** The same, with what it was told from. @throws KubeError as `listInstalledOperators` */
export async function readInstalledOperators(
  context: Context,
  { namespace }: { namespace?: string } = {},
): Promise<InstalledOperatorList & { facts: InstalledFacts }> {
  const { kube } = context;
  const partial: Unread = [];
  // Subscriptions first: what one names exists by the time the rest is read.
  const owners = await listSubscriptions(kube, { namespace });
  const [versions, plans, groups, catalogs, packages] = await Promise.all([
    // Copies of cluster-wide operators stand in every namespace and say nothing.
    readable(listVersions(kube, { namespace, labelSelector: '!olm.copiedFrom' }), partial),
    readable(listPlans(kube, { namespace }), partial),
    readable(listGroups(kube, { namespace }), partial),
    // Global catalogs live in a namespace of their own: who sees one namespace only doesn't see them.
    namespace ? undefined : readable(kube.list<CatalogSourceObject>(catalogSources), partial),
    packageIndex(context, { namespace }).then(
      (index) => index,
      () => undefined,
    ),
  ]);
  const facts: InstalledFacts = {
    subscriptions: owners.items,
    clusterServiceVersions: versions,
    installPlans: plans,
    operatorGroups: groups,
    catalogSources: catalogs,
    packages: packages?.rows,
    offered: packages?.packages,
    now: kube.now(),
  };
  const installed = installedOperators(facts);
  const look = closerLook(context);
  const items = await Promise.all(
    installed.map(async (one) =>
      withDiagnosis(one, facts, wantsCloserLook(one, facts) ? await look(one) : undefined),
    ),
  );
  return { items, partial, facts };
}

/** Reads what stands around the rows that lists do not explain, each namespace once. What can't be read is left out. */
function closerLook(context: Context): (installed: Installed) => Promise<Closer | undefined> {
  const looks = new Map<string, Promise<Closer>>();
  const list = namespaceLister(context, []);
  return async ({ row, object }) => {
    const { namespace } = row;
    const catalogNamespace = isSubscription(object) ? object.spec.sourceNamespace : namespace;
    const key = `${namespace}/${catalogNamespace}`;
    if (!looks.has(key) && looks.size >= MAX_CLOSER) return undefined;
    const look = looks.get(key) ?? readCloser(context, list, { namespace, catalogNamespace }, []);
    looks.set(key, look);
    return look;
  };
}
