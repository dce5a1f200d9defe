import 'server-only';
import type { Context } from '@/lib/kube/context';
import { KubeError } from '@/lib/kube/errors';
import { ProblemError } from '@/lib/kube/problem';
import type { KubeObject } from '@/lib/kube/types';
import type { OperatorRef, Unread } from '../contract';
import type { InstallFacts } from '../install-contract';
import { apiNames, apiOwners, catalogApis } from '../rules/api-owners';
import {
  type CatalogSourceObject,
  type ClusterServiceVersionObject,
  isCopied,
  type OperatorGroupObject,
  type SubscriptionObject,
} from '../rules/objects';
import type { PackageDetail } from '../rules/package-manifest';
import { findPackage } from './get-operator';
import { readable } from './partial';
import {
  catalogSources,
  clusterServiceVersions,
  operatorGroups,
  packageManifests,
  subscriptions,
} from './refs';

/**
 * What the cluster has around an operator that could make its installation fail. What may not be read is named in
 * `partial`, and nothing is concluded from it. A package that its catalog does not serve any more is no error here:
 * the state of the catalog tells why.
 * @param namespace for users who may not read the whole cluster: only what this one shows, where OLM's copies stand
 * for the operators of other namespaces that watch it
 */
export async function readInstallFacts(
  context: Context,
  ref: OperatorRef,
  { namespace }: { namespace?: string } = {},
): Promise<InstallFacts> {
  const partial: Unread = [];
  const [detail, catalog, global, versions, groups, subscribed] = await Promise.all([
    findPackage(context, ref, namespace).catch(orUndefined),
    readCatalog(context, ref, partial),
    isGlobal(context, ref, namespace),
    readable(
      context.kube.list<ClusterServiceVersionObject>(
        clusterServiceVersions,
        namespace ? { namespace } : { labelSelector: '!olm.copiedFrom' },
      ),
      partial,
    ),
    readable(context.kube.list<OperatorGroupObject>(operatorGroups, { namespace }), partial),
    readable(context.kube.list<SubscriptionObject>(subscriptions, { namespace }), partial),
  ]);
  const running = (versions ?? []).filter((version) => namespace || !isCopied(version));
  return {
    catalog: { ...catalog, global },
    apiOwners: detail ? apiOwners(apiNames(detail.channels), running, groups, subscribed ?? []) : [],
    missingApis: detail && versions ? await missingApis(context, detail, running, partial, namespace) : [],
    partial,
  };
}

/** Required APIs that nobody provides; the whole catalogue is read only where something is missing. */
async function missingApis(
  context: Context,
  { channels }: PackageDetail,
  running: ClusterServiceVersionObject[],
  partial: Unread,
  namespace: string | undefined,
): Promise<string[]> {
  const required = [...new Set(channels.flatMap(({ requiredApis }) => requiredApis.map(({ name }) => name)))];
  const own = new Set(apiNames(channels));
  const installed = new Set(apiOwners(required, running, undefined, []).flatMap(({ apis }) => apis));
  const open = required.filter((name) => !own.has(name) && !installed.has(name));
  if (open.length === 0) return [];
  const packages = await readable(context.kube.list<KubeObject>(packageManifests, { namespace }), partial);
  if (!packages) return [];
  const offered = catalogApis(packages);
  return open.filter((name) => !offered.has(name));
}

async function readCatalog(
  context: Context,
  { catalog, catalogNamespace }: OperatorRef,
  partial: Unread,
): Promise<{ exists?: boolean; state: string }> {
  try {
    const source = await context.kube.get<CatalogSourceObject>(catalogSources, catalog, {
      namespace: catalogNamespace,
    });
    return { exists: true, state: source.status?.connectionState?.lastObservedState ?? '' };
  } catch (error) {
    if (!(error instanceof KubeError)) throw error;
    if (error.status === 404) return { exists: false, state: '' };
    if (error.status !== 403) throw error;
    partial.push({ resource: error.place.resource, reason: error.message });
    return { state: '' };
  }
}

/** A global catalog's packages are served in every namespace, another's in its own alone. */
async function isGlobal(
  context: Context,
  { name, catalog, catalogNamespace }: OperatorRef,
  within: string | undefined,
): Promise<boolean | undefined> {
  const candidates = [...(within ? [within] : ['default']), 'kube-public'];
  const elsewhere = candidates.find((namespace) => namespace !== catalogNamespace) ?? 'default';
  const served = (namespace: string) =>
    context.kube
      .list<KubeObject>(packageManifests, {
        namespace,
        fieldSelector: `metadata.name=${name}`,
        labelSelector: `catalog=${catalog},catalog-namespace=${catalogNamespace}`,
      })
      .then(({ items }) => items.length > 0);
  try {
    if (await served(elsewhere)) return true;
    // Served nowhere at all, it says nothing of the catalog.
    return (await served(catalogNamespace)) ? false : undefined;
  } catch (error) {
    if (error instanceof KubeError && (error.status === 403 || error.status === 404)) return undefined;
    throw error;
  }
}

function orUndefined(error: unknown): undefined {
  if (error instanceof ProblemError && error.code === 'not-found') return undefined;
  throw error;
}
