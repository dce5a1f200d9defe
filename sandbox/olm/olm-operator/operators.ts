import { runController, watchOf } from '../../client/controller.ts';
import { hasReason } from '../../client/status-error.ts';
import type { KubeObject, ResourceRef } from '../../client/types.ts';
import { isCopied, type Subscription } from '../api.ts';
import { changeStatus, type OlmContext } from '../context.ts';
import { refs } from '../refs.ts';
import { operatorLabel, operatorName } from '../text.ts';
import { timing } from '../timing.ts';
import { conditionsForRef } from './operator-refs.ts';

interface Operator extends KubeObject {
  status?: { components?: { labelSelector: unknown; refs?: unknown[] } };
}

/** The kinds that may belong to an operator, in the order in which an Operator lists them. */
const componentKinds: [string, string, ResourceRef][] = [
  ['ClusterRole', 'rbac.authorization.k8s.io/v1', refs.clusterRoles],
  ['ClusterRoleBinding', 'rbac.authorization.k8s.io/v1', refs.clusterRoleBindings],
  ['ClusterServiceVersion', 'operators.coreos.com/v1alpha1', refs.clusterServiceVersions],
  ['CustomResourceDefinition', 'apiextensions.k8s.io/v1', refs.crds],
  ['Deployment', 'apps/v1', refs.deployments],
  ['InstallPlan', 'operators.coreos.com/v1alpha1', refs.installPlans],
  ['OperatorCondition', 'operators.coreos.com/v2', refs.operatorConditions],
  ['Role', 'rbac.authorization.k8s.io/v1', refs.roles],
  ['RoleBinding', 'rbac.authorization.k8s.io/v1', refs.roleBindings],
  ['Service', 'v1', refs.services],
  ['ServiceAccount', 'v1', refs.serviceAccounts],
  ['Subscription', 'operators.coreos.com/v1alpha1', refs.subscriptions],
];

/**
 * Ties together what belongs to one operator: labels the Subscription, its current InstallPlan, its installed CSV and
 * that CSV's objects, and lists them all in a cluster-wide `Operator` object named `<package>.<namespace>`.
 */
export function runOperators(olm: OlmContext): void {
  const { cluster, subscriptions } = olm;
  const { informers, signal, clock } = cluster;
  const keyOfSubscription = ({ spec, metadata }: Subscription) => `${metadata.namespace}/${spec.name}`;
  const inNamespaceOf = ({ object }: { object: KubeObject }) =>
    subscriptions.list(object.metadata.namespace).map(keyOfSubscription);
  const ofLabels = ({ object }: { object: KubeObject }) =>
    subscriptions
      .list()
      .filter(
        ({ spec, metadata }) =>
          object.metadata.labels &&
          operatorLabel(spec.name, metadata.namespace ?? '') in object.metadata.labels,
      )
      .map(keyOfSubscription);
  runController({
    name: 'operators',
    signal,
    clock,
    concurrency: 8,
    watches: [
      watchOf(subscriptions, ({ object }) => [keyOfSubscription(object)]),
      ...componentKinds.map(([kind, , ref]) =>
        watchOf(
          informers.of(ref),
          kind === 'Deployment' || kind === 'OperatorCondition' ? inNamespaceOf : ofLabels,
        ),
      ),
    ],
    reconcile: async (key) => {
      await clock.sleep(timing.operatorSync, signal);
      const [namespace = '', packageName = ''] = key.split('/');
      const label = operatorLabel(packageName, namespace);
      const mine = subscriptions.list(namespace).filter(({ spec }) => spec.name === packageName);
      if (mine.length > 0) await adopt(olm, label, mine, namespace);
      await describeOperator(olm, operatorName(packageName, namespace), label, mine.length > 0);
    },
  });
}

async function adopt(
  olm: OlmContext,
  label: string,
  subscriptions: Subscription[],
  namespace: string,
): Promise<void> {
  const plans = new Set(subscriptions.map(({ status }) => status?.installPlanRef?.name));
  const installed = new Set(subscriptions.map(({ status }) => status?.installedCSV));
  for (const { metadata } of subscriptions) await setLabel(olm, refs.subscriptions, metadata, label, true);
  for (const { metadata } of olm.installPlans.list(namespace)) {
    await setLabel(olm, refs.installPlans, metadata, label, plans.has(metadata.name));
  }
  for (const csv of olm.csvs.list(namespace)) {
    const { metadata } = csv;
    if (isCopied(csv) || !installed.has(metadata.name)) continue;
    await setLabel(olm, refs.clusterServiceVersions, metadata, label, true);
    for (const { name } of csv.spec.customresourcedefinitions?.owned ?? []) {
      const crd = olm.cluster.informers.of(refs.crds).get(name);
      if (crd) await setLabel(olm, refs.crds, crd.metadata, label, true);
    }
    for (const [kind, , ref] of componentKinds) {
      for (const object of olm.cluster.informers.of(ref).list()) {
        if (kind !== 'InstallPlan' && belongsTo(object, metadata)) {
          await setLabel(olm, ref, object.metadata, label, true);
        }
      }
    }
  }
}

function belongsTo({ metadata }: KubeObject, owner: KubeObject['metadata']): boolean {
  if (metadata.ownerReferences?.some(({ uid }) => uid === owner.uid)) return true;
  const { labels } = metadata;
  return labels?.['olm.owner'] === owner.name && labels?.['olm.owner.namespace'] === owner.namespace;
}

async function setLabel(
  olm: OlmContext,
  ref: ResourceRef,
  { namespace, name = '', labels }: KubeObject['metadata'],
  label: string,
  wanted: boolean,
): Promise<void> {
  if ((labels?.[label] !== undefined) === wanted) return;
  const body = { metadata: { labels: { [label]: wanted ? '' : null } } };
  try {
    await olm.cluster.client.patch(ref, { namespace, name }, body, { type: 'merge', fieldManager: 'olm' });
  } catch (error) {
    if (!hasReason(error, 'NotFound')) throw error;
  }
}

async function describeOperator(
  olm: OlmContext,
  name: string,
  label: string,
  wanted: boolean,
): Promise<void> {
  const { client, informers } = olm.cluster;
  const operators = informers.of<Operator>(refs.operators);
  const components = componentKinds.flatMap(([kind, apiVersion, ref]) =>
    informers
      .of(ref)
      .list()
      .filter(({ metadata }) => metadata.labels?.[label] !== undefined)
      .sort((a, b) => ((a.metadata.name ?? '') < (b.metadata.name ?? '') ? -1 : 1))
      .map((object) => ({
        apiVersion,
        ...conditionsForRef(object),
        kind,
        name: object.metadata.name,
        ...(object.metadata.namespace ? { namespace: object.metadata.namespace } : {}),
      })),
  );
  if (!operators.get(name)) {
    if (!wanted) return;
    const operator = {
      apiVersion: 'operators.coreos.com/v1',
      kind: 'Operator',
      metadata: { name },
      spec: {},
    };
    try {
      await client.create<Operator>(refs.operators, operator, { fieldManager: 'olm' });
    } catch (error) {
      if (!hasReason(error, 'AlreadyExists')) throw error;
    }
  }
  await changeStatus<Operator>(client, refs.operators, { name }, (operator) => {
    const described = {
      labelSelector: { matchExpressions: [{ key: label, operator: 'Exists' }] },
      ...(components.length > 0 ? { refs: components } : {}),
    };
    if (JSON.stringify(operator.status?.components) === JSON.stringify(described)) return false;
    operator.status = { components: described };
    return true;
  });
}
