import type { Cluster } from '@/lib/clusters/contract';
import type { Component, ComponentList } from '@/lib/clusters/features-contract';

/** Something that needs an administrator. */
export type Attention =
  | { kind: 'cluster'; cluster: string; reason: string | undefined; signIn: boolean }
  | { kind: 'catalog'; cluster: string; namespace: string; name: string; state: string }
  | { kind: 'failure'; cluster: string; component: Component }
  | { kind: 'upgrades'; cluster: string; count: number }
  | { kind: 'unread'; cluster: string; reason: string };

const order: Attention['kind'][] = ['cluster', 'unread', 'catalog', 'failure', 'upgrades'];

/** What needs an administrator over all clusters: what does not answer first, then what failed, then what waits. */
export function attentionOf(
  clusters: readonly Cluster[],
  components: readonly { cluster: string; list: ComponentList | undefined; error: Error | null }[],
): Attention[] {
  const silent = clusters.flatMap(({ name, health, reason }): Attention[] =>
    health === 'Healthy'
      ? []
      : [{ kind: 'cluster', cluster: name, reason, signIn: health === 'SignInNeeded' }],
  );
  const told = components.flatMap(({ cluster, list, error }): Attention[] => {
    if (!list) return error ? [{ kind: 'unread', cluster, reason: error.message }] : [];
    const count = list.items.filter(({ selectable }) => selectable).length;
    return [
      ...list.deadCatalogs.map((catalog): Attention => ({ kind: 'catalog', cluster, ...catalog })),
      ...list.items
        .filter(isFailing)
        .map((component): Attention => ({ kind: 'failure', cluster, component })),
      ...(count > 0 ? [{ kind: 'upgrades' as const, cluster, count }] : []),
    ];
  });
  return [...silent, ...told].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}

/** What waits for approval is told elsewhere: only what does not get on by itself counts. */
function isFailing({ status, stuck }: Component): boolean {
  if (status === 'Failed') return true;
  return stuck !== undefined && !stuck.key.startsWith('waitsForApproval') && !stuck.key.startsWith('heldUp');
}
