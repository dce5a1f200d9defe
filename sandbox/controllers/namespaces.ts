import { runController, watchOf } from '../client/controller.ts';
import { discover } from '../client/discover.ts';
import { keyOf } from '../client/informer.ts';
import { hasReason, StatusError } from '../client/status-error.ts';
import type { KubeObject } from '../client/types.ts';
import type { ClusterRuntime } from '../cluster-runtime.ts';
import { now } from '../now.ts';
import { type Condition, refs } from './refs.ts';

interface Namespace extends KubeObject {
  spec?: { finalizers?: string[] };
  status?: { phase?: string; conditions?: Condition[] };
}

const rootCa = 'kube-root-ca.crt';

/** What every living namespace has, and how a deleted one is emptied before it goes. */
export function runNamespaces(cluster: ClusterRuntime): void {
  const client = cluster.server.client('kube-controller-manager');
  const namespaces = cluster.informers.of<Namespace>(refs.namespaces);
  const accounts = cluster.informers.of(refs.serviceAccounts);
  const configMaps = cluster.informers.of(refs.configMaps);

  const furnish = async (namespace: string) => {
    const objects: [typeof refs.serviceAccounts, KubeObject][] = [
      [
        refs.serviceAccounts,
        { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace } },
      ],
      [
        refs.configMaps,
        {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: {
            name: rootCa,
            namespace,
            annotations: {
              'kubernetes.io/description':
                'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints.',
            },
          },
          data: { 'ca.crt': '' },
        },
      ],
    ];
    for (const [ref, object] of objects) {
      try {
        await client.create(ref, object);
      } catch (error) {
        // Gone or going again: whoever reconciles it next sees that.
        if (!(error instanceof StatusError) || error.code >= 500) throw error;
      }
    }
  };

  const empty = async (namespace: Namespace) => {
    const { name = '' } = namespace.metadata;
    const left = new Map<string, number>();
    const held = new Map<string, number>();
    for (const resource of await discover(client)) {
      if (!resource.namespaced || !resource.verbs.includes('deletecollection')) continue;
      const { items } = await client.list(resource, { namespace: name });
      if (items.length === 0) continue;
      await client.deleteCollection(resource, { namespace: name, propagationPolicy: 'Background' });
      const rest = (await client.list(resource, { namespace: name })).items;
      if (rest.length > 0) left.set(`${resource.resource}.${resource.group}`, rest.length);
      for (const finalizer of rest.flatMap((object) => object.metadata.finalizers ?? [])) {
        held.set(finalizer, (held.get(finalizer) ?? 0) + 1);
      }
    }
    if (left.size > 0) {
      await report(namespace, left, held);
      return { requeueAfterMs: 1_000 };
    }
    await finalize(name);
    return undefined;
  };

  const finalize = async (name: string) => {
    try {
      const latest = await client.get<Namespace>(refs.namespaces, { name });
      const finalizers = (latest.spec?.finalizers ?? []).filter((finalizer) => finalizer !== 'kubernetes');
      await client.updateSubresource(refs.namespaces, { ...latest, spec: { finalizers } }, 'finalize');
    } catch (error) {
      if (!hasReason(error, 'NotFound')) throw error;
    }
  };

  const report = async (namespace: Namespace, left: Map<string, number>, held: Map<string, number>) => {
    const conditions = terminationConditions(namespace.status?.conditions ?? [], left, held);
    if (JSON.stringify(conditions) === JSON.stringify(namespace.status?.conditions)) return;
    const body = { status: { conditions } };
    const key = { name: namespace.metadata.name ?? '' };
    await client.patch(refs.namespaces, key, body, { type: 'merge', subresource: 'status' });
  };

  runController({
    name: 'namespace',
    signal: cluster.signal,
    clock: cluster.clock,
    watches: [
      watchOf(namespaces, ({ object }) => [keyOf(object)]),
      watchOf(configMaps, ({ type, object: { metadata } }) =>
        type === 'DELETED' && metadata.name === rootCa ? [metadata.namespace ?? ''] : [],
      ),
      watchOf(accounts, ({ type, object }) => (type === 'DELETED' ? [object.metadata.namespace ?? ''] : [])),
    ],
    reconcile: async (key) => {
      const namespace = namespaces.get(key);
      if (!namespace) return undefined;
      if (namespace.metadata.deletionTimestamp) return empty(namespace);
      if (!accounts.get(`${key}/default`) || !configMaps.get(`${key}/${rootCa}`)) await furnish(key);
      return undefined;
    },
  });
}

function terminationConditions(
  known: Condition[],
  left: Map<string, number>,
  held: Map<string, number>,
): Condition[] {
  const list = (counts: Map<string, number>, word: (name: string, count: number) => string) =>
    [...counts].map(([name, count]) => word(name, count)).join(', ');
  const remaining = list(left, (name, count) => `${name} has ${count} resource instances`);
  const finalizers = list(held, (name, count) => `${name} in ${count} resource instances`);
  const wanted: [string, string, string, string][] = [
    [
      'NamespaceDeletionDiscoveryFailure',
      'False',
      'ResourcesDiscovered',
      'All resources successfully discovered',
    ],
    [
      'NamespaceDeletionGroupVersionParsingFailure',
      'False',
      'ParsedGroupVersions',
      'All legacy kube types successfully parsed',
    ],
    [
      'NamespaceDeletionContentFailure',
      'False',
      'ContentDeleted',
      'All content successfully deleted, may be waiting on finalization',
    ],
    [
      'NamespaceContentRemaining',
      'True',
      'SomeResourcesRemain',
      `Some resources are remaining: ${remaining}`,
    ],
    finalizers
      ? [
          'NamespaceFinalizersRemaining',
          'True',
          'SomeFinalizersRemain',
          `Some content in the namespace has finalizers remaining: ${finalizers}`,
        ]
      : [
          'NamespaceFinalizersRemaining',
          'False',
          'ContentHasNoFinalizers',
          'All content-preserving finalizers finished',
        ],
  ];
  return wanted.map(([type, status, reason, message]) => {
    const before = known.find((condition) => condition.type === type);
    return {
      type,
      status,
      lastTransitionTime: before?.status === status ? (before.lastTransitionTime ?? now()) : now(),
      reason,
      message,
    };
  });
}
