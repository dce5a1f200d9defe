import type { OperatorChannel } from '../contract';
import type { ApiOwner } from '../install-contract';
import {
  type ClusterServiceVersionObject,
  type OperatorGroupObject,
  type SubscriptionObject,
  targetNamespacesOf,
} from './objects';
import { apisOf } from './package-manifest';
import { field, list, record } from './untrusted';

/** `plural.group` of everything that any channel of a package provides. */
export function apiNames(channels: readonly OperatorChannel[]): string[] {
  return [...new Set(channels.flatMap(({ providedApis }) => providedApis.map(({ name }) => name)))];
}

/**
 * The operators on a cluster that provide any of these APIs, with what they watch.
 * @param versions ClusterServiceVersions; a copy stands for an operator of another namespace that watches the copy's
 * @param groups `undefined` when they may not be read: what an operator watches is then not known
 */
export function apiOwners(
  apis: readonly string[],
  versions: readonly ClusterServiceVersionObject[],
  groups: readonly OperatorGroupObject[] | undefined,
  subscriptions: readonly SubscriptionObject[],
): ApiOwner[] {
  const wanted = new Set(apis);
  return versions.flatMap(({ metadata, spec }): ApiOwner[] => {
    const { name, namespace: place = '' } = metadata;
    const copiedFrom = metadata.labels?.['olm.copiedFrom'];
    const namespace = copiedFrom ?? place;
    const provided = apisOf(record(spec), 'owned')
      .map((api) => api.name)
      .filter((api) => wanted.has(api));
    if (provided.length === 0) return [];
    const within = (object: { metadata: { namespace?: string } }) => object.metadata.namespace === namespace;
    const group = groups?.find(within);
    const source = subscriptions.find(
      (one) => within(one) && [one.status?.installedCSV, one.status?.currentCSV].includes(name),
    )?.spec;
    return [
      {
        namespace,
        clusterServiceVersion: name,
        displayName: spec?.displayName || name,
        targetNamespaces: copiedFrom ? [place] : group && targetNamespacesOf(group),
        apis: [...new Set(provided)],
        operator: source && {
          catalogNamespace: source.sourceNamespace,
          catalog: source.source,
          name: source.name,
        },
      },
    ];
  });
}

/** `plural.group` of everything that the heads of the channels of PackageManifests provide. */
export function catalogApis(manifests: readonly unknown[]): Set<string> {
  return new Set(
    manifests.flatMap((manifest) =>
      list(field(field(manifest, 'status'), 'channels'), (channel) =>
        apisOf(record(field(channel, 'currentCSVDesc')), 'owned').map(({ name }) => name),
      ).flat(),
    ),
  );
}
