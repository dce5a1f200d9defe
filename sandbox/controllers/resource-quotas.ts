import { equal } from '../apiserver/json.ts';
import type { Amounts } from '../apiserver/quota/pod-resources.ts';
import { add, zero } from '../apiserver/quota/quantity.ts';
import { amountsAt, isInScope, written } from '../apiserver/quota/quota.ts';
import { countedResource, isTerminal, usageOf } from '../apiserver/quota/usage.ts';
import { runController, watchOf } from '../client/controller.ts';
import { type Discovered, discover } from '../client/discover.ts';
import { type InformerEvent, keyOf, splitKey } from '../client/informer.ts';
import type { KubeObject } from '../client/types.ts';
import type { ClusterRuntime } from '../cluster-runtime.ts';
import { refs } from './refs.ts';

interface ResourceQuota extends KubeObject {
  spec?: { hard?: Record<string, string> };
  status?: { hard?: Record<string, string>; used?: Record<string, string> };
}

/** Says in the status of every quota what it allows and what is in use (`pkg/controller/resourcequota`). */
export function runResourceQuotas(cluster: ClusterRuntime): void {
  const client = cluster.server.client('kube-controller-manager');
  const quotas = cluster.informers.of<ResourceQuota>(refs.resourceQuotas);
  const watched = new Set<string>();

  const reconcile = async (key: string) => {
    // Admission writes the status too: the latest is needed, and its resource version guards what is written.
    const quota = quotas.get(key) && (await client.find<ResourceQuota>(refs.resourceQuotas, splitKey(key)));
    if (!quota || quota.metadata.deletionTimestamp) return;
    const hard = amountsAt(quota, 'spec', 'hard');
    const resources = await countedBy([...hard.keys()]);
    for (const resource of resources) follow(resource);
    const used: Amounts = new Map();
    for (const resource of resources) await count(quota, resource, used, hard);
    const status = { hard: written(hard), used: written(used) };
    if (equal(status, quota.status)) return;
    await client.updateStatus(refs.resourceQuotas, { ...quota, status });
  };

  const countedBy = async (names: string[]): Promise<Discovered[]> => {
    const wanted = new Set(
      names.map(countedResource).map((counted) => counted && `${counted.resource}.${counted.group}`),
    );
    const served = await discover(client);
    return served.filter(
      ({ resource, group, namespaced }) => namespaced && wanted.has(`${resource}.${group}`),
    );
  };

  const count = async (quota: ResourceQuota, resource: Discovered, used: Amounts, hard: Amounts) => {
    for (const name of hard.keys()) {
      const counted = countedResource(name);
      if (counted?.resource === resource.resource && counted.group === resource.group) used.set(name, zero);
    }
    const { items } = await client.list(resource, { namespace: quota.metadata.namespace ?? '' });
    for (const object of items.filter((item) => isInScope(quota, resource, item))) {
      for (const [name, quantity] of usageOf(resource, object)) {
        if (hard.has(name)) used.set(name, add(used.get(name) ?? zero, quantity));
      }
    }
  };

  /** What goes, or ends, makes room again. */
  const follow = (resource: Discovered) => {
    const name = `${resource.resource}.${resource.group}`;
    if (watched.has(name)) return;
    watched.add(name);
    cluster.informers.of(resource).on((event) => {
      if (!frees(event)) return;
      for (const quota of quotas.list(event.object.metadata.namespace)) controller.enqueue(keyOf(quota));
    });
  };

  const controller = runController({
    name: 'resourcequota',
    signal: cluster.signal,
    clock: cluster.clock,
    watches: [watchOf(quotas, ({ object }) => [keyOf(object)])],
    reconcile,
  });
}

function frees({ type, object, previous }: InformerEvent<KubeObject>): boolean {
  if (type === 'DELETED') return true;
  return object.kind === 'Pod' && previous !== undefined && isTerminal(object) && !isTerminal(previous);
}
