import 'server-only';
import type { Context } from '@/lib/kube/context';
import type { KubeObject, ResourceRef } from '@/lib/kube/types';
import type { Unread } from '../contract';
import type { Closer } from '../rules/installed';
import type { ClusterServiceVersionObject } from '../rules/objects';
import { readable } from './partial';
import { clusterServiceVersions, deployments, events, jobs, pods, replicaSets } from './refs';

/** Lists of built-in resources leave the kind of their members out, and a diagnosis names it. */
const kinds: Record<string, string> = {
  [pods.resource]: 'Pod',
  [jobs.resource]: 'Job',
  [deployments.resource]: 'Deployment',
  [replicaSets.resource]: 'ReplicaSet',
  [events.resource]: 'Event',
};

/** A closer look is worth having even where the cluster fails at one of its lists. */
const passed = [403, 404, 500, 503, 504];

type Lister = (ref: ResourceRef, namespace: string) => Promise<KubeObject[] | undefined>;

/** Lists objects with their kind, each namespace once however often it is asked for. */
export function namespaceLister({ kube }: Context, partial: Unread): Lister {
  const lists = new Map<string, Promise<KubeObject[] | undefined>>();
  return (ref, namespace) => {
    const key = `${ref.resource}/${namespace}`;
    const known =
      lists.get(key) ??
      readable(kube.list<KubeObject>(ref, { namespace }), partial, passed).then((items) =>
        items?.map((item) => ({ ...item, kind: item.kind ?? kinds[ref.resource] ?? '' })),
      );
    lists.set(key, known);
    return known;
  };
}

/** What runs and what happened around an installation. What can't be read is left out, and noted. */
export async function readCloser(
  { kube }: Context,
  list: Lister,
  { namespace, catalogNamespace }: { namespace: string; catalogNamespace: string },
  partial: Unread,
): Promise<Closer> {
  const both = async (ref: ResourceRef) => {
    const found = await Promise.all([...new Set([namespace, catalogNamespace])].map((one) => list(ref, one)));
    return found.some((items) => items) ? found.flatMap((items) => items ?? []) : undefined;
  };
  const [versions, jobItems, podItems, deploymentItems, replicaSetItems, eventItems] = await Promise.all([
    readable(kube.list<ClusterServiceVersionObject>(clusterServiceVersions, { namespace }), partial, passed),
    list(jobs, catalogNamespace),
    both(pods),
    list(deployments, namespace),
    list(replicaSets, namespace),
    both(events),
  ]);
  return {
    clusterServiceVersions: versions,
    jobs: jobItems,
    pods: podItems,
    deployments: deploymentItems,
    replicaSets: replicaSetItems,
    events: eventItems,
  };
}
