import { matchesLabelSelector } from '../apiserver/selectors.ts';
import { runController, watchOf } from '../client/controller.ts';
import { keyOf } from '../client/informer.ts';
import type { KubeObject } from '../client/types.ts';
import type { ClusterRuntime } from '../cluster-runtime.ts';
import { refs } from './refs.ts';

interface ClusterRole extends KubeObject {
  aggregationRule?: { clusterRoleSelectors?: unknown[] };
  rules?: unknown[];
}

/** Fills ClusterRoles with an aggregation rule from those that its selectors choose (`admin`, `edit`, `view` among them). */
export function runClusterRoles(cluster: ClusterRuntime): void {
  const client = cluster.server.client('clusterrole-aggregation-controller');
  const roles = cluster.informers.of<ClusterRole>(refs.clusterRoles);
  runController({
    name: 'clusterrole-aggregation',
    signal: cluster.signal,
    clock: cluster.clock,
    concurrency: 1,
    watches: [
      watchOf(roles, () =>
        roles
          .list()
          .filter(({ aggregationRule }) => aggregationRule)
          .map(keyOf),
      ),
    ],
    reconcile: async (key) => {
      const role = roles.get(key);
      const selectors = role?.aggregationRule?.clusterRoleSelectors;
      if (!role || !selectors) return;
      const rules = aggregated(role, selectors, roles.list());
      if (JSON.stringify(rules) !== JSON.stringify(role.rules ?? []))
        await client.update(refs.clusterRoles, { ...role, rules });
    },
  });
}

/** The rules of the chosen roles in the order of their names, each once. */
function aggregated(role: ClusterRole, selectors: unknown[], all: ClusterRole[]): unknown[] {
  const chosen = all
    .filter((candidate) => candidate.metadata.uid !== role.metadata.uid)
    .filter((candidate) =>
      selectors.some((selector) => matchesLabelSelector(selector, candidate.metadata.labels ?? {})),
    )
    .sort((a, b) => ((a.metadata.name ?? '') < (b.metadata.name ?? '') ? -1 : 1));
  const rules = new Map<string, unknown>();
  for (const rule of chosen.flatMap((candidate) => candidate.rules ?? []))
    rules.set(JSON.stringify(rule), rule);
  return [...rules.values()];
}
