import { matchesLabelSelector } from '../../apiserver/selectors.ts';
import { runController, watchOf } from '../../client/controller.ts';
import { keyOf, splitKey } from '../../client/informer.ts';
import { hasReason } from '../../client/status-error.ts';
import type { KubeObject } from '../../client/types.ts';
import { now } from '../../now.ts';
import { type ClusterServiceVersion, isCopied, type OperatorGroup } from '../api.ts';
import { changeObject, changeStatus, type OlmContext } from '../context.ts';
import { refs } from '../refs.ts';
import { hashOf } from '../text.ts';

/** Keeps every OperatorGroup's target namespaces, its list of provided APIs and its aggregated ClusterRoles. */
export function runOperatorGroups(olm: OlmContext): void {
  const { cluster, operatorGroups, csvs } = olm;
  const { informers, client, signal, clock } = cluster;
  const namespaces = informers.of(refs.namespaces);
  runController({
    name: 'operator-groups',
    signal,
    clock,
    watches: [
      watchOf(operatorGroups, ({ type, object }) => (type === 'DELETED' ? [] : [keyOf(object)])),
      watchOf(namespaces, ({ type }) =>
        type === 'MODIFIED' ? [] : operatorGroups.list().filter(namesNamespaces).map(keyOf),
      ),
      watchOf(csvs, ({ object, previous }) =>
        object.status?.phase === previous?.status?.phase
          ? []
          : operatorGroups.list(object.metadata.namespace).map(keyOf),
      ),
    ],
    reconcile: async (key) => {
      const group = operatorGroups.get(key);
      if (!group || group.metadata.deletionTimestamp) return;
      const targets = targetsOf(group, namespaces.list());
      await changeStatus<OperatorGroup>(client, refs.operatorGroups, splitKey(key), (latest) => {
        if (latest.status && (latest.status.namespaces ?? []).join() === targets.join()) return false;
        latest.status = { ...latest.status, lastUpdated: now(), namespaces: targets };
        return true;
      });
      const provided = providedApis(csvs.list(group.metadata.namespace));
      await changeObject<OperatorGroup>(client, refs.operatorGroups, splitKey(key), (latest) => {
        if ((latest.metadata.annotations?.['olm.providedAPIs'] ?? '') === provided) return false;
        latest.metadata.annotations = { ...latest.metadata.annotations, 'olm.providedAPIs': provided };
        return true;
      });
      await labelTargets(olm, group, targets);
      await ensureRoles(olm, group);
    },
  });
}

function namesNamespaces({ spec }: OperatorGroup): boolean {
  return spec?.selector !== undefined || (spec?.targetNamespaces ?? []).length > 0;
}

/** The namespaces that a group's operators watch; `['']` when it names none: all. */
function targetsOf({ spec }: OperatorGroup, namespaces: KubeObject[]): string[] {
  const { selector, targetNamespaces = [] } = spec ?? {};
  if (selector && (selector.matchLabels || selector.matchExpressions)) {
    return namespaces
      .filter(({ metadata }) => matchesLabelSelector(selector, metadata.labels ?? {}))
      .map(({ metadata }) => metadata.name ?? '')
      .sort();
  }
  return targetNamespaces.length === 0 ? [''] : [...new Set(targetNamespaces)].sort();
}

/** Marks the namespaces that a group names, so that others can find who watches them; a group for all marks none. */
async function labelTargets(olm: OlmContext, group: OperatorGroup, targets: string[]): Promise<void> {
  const label = `olm.operatorgroup.uid/${group.metadata.uid}`;
  for (const { metadata } of olm.cluster.informers.of(refs.namespaces).list()) {
    const { name = '', labels, deletionTimestamp } = metadata;
    const wanted = targets.includes(name);
    if (deletionTimestamp || (labels?.[label] !== undefined) === wanted) continue;
    const body = { metadata: { labels: { [label]: wanted ? '' : null } } };
    try {
      await olm.cluster.client.patch(refs.namespaces, { name }, body, { type: 'merge', fieldManager: 'olm' });
    } catch (error) {
      if (!hasReason(error, 'NotFound')) throw error;
    }
  }
}

/** `Kind.version.group` of what the namespace's own operators own, sorted. */
function providedApis(csvs: ClusterServiceVersion[]): string {
  const apis = csvs
    .filter((csv) => !isCopied(csv) && csv.status?.phase !== undefined)
    .flatMap(({ spec }) => spec.customresourcedefinitions?.owned ?? [])
    .map(({ name, version, kind }) => `${kind}.${version}.${name.slice(name.indexOf('.') + 1)}`);
  return [...new Set(apis)].sort().join(',');
}

/** ClusterRoles that gather what users of the group's APIs may do; others aggregate into them by label. */
async function ensureRoles(olm: OlmContext, group: OperatorGroup): Promise<void> {
  const { name = '', namespace = '' } = group.metadata;
  for (const suffix of ['admin', 'edit', 'view']) {
    const role = `olm.og.${name}.${suffix}-${hashOf([name, namespace, suffix])}`;
    if (olm.cluster.informers.of(refs.clusterRoles).get(role)) continue;
    const label = `olm.opgroup.permissions/aggregate-to-${suffix}`;
    try {
      await olm.cluster.client.create(
        refs.clusterRoles,
        {
          apiVersion: 'rbac.authorization.k8s.io/v1',
          kind: 'ClusterRole',
          metadata: {
            name: role,
            labels: {
              'olm.managed': 'true',
              'olm.owner': name,
              'olm.owner.kind': 'OperatorGroup',
              'olm.owner.namespace': namespace,
            },
          },
          aggregationRule: {
            clusterRoleSelectors: [{ matchLabels: { [label]: hashOf([name, namespace]) } }],
          },
          rules: [],
        },
        { fieldManager: 'olm' },
      );
    } catch (error) {
      if (!hasReason(error, 'AlreadyExists')) throw error;
    }
  }
}
