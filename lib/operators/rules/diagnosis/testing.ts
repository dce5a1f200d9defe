import type {
  ApiObject,
  CatalogSourceObject,
  Condition,
  InstallPlanObject,
  OperatorGroupObject,
  SubscriptionObject,
} from '../objects';
import { clusterServiceVersion, installPlan, subscription } from '../testing';
import type { DiagnosisFacts } from './facts';

/** An hour after everything in these tests was made. */
export const now = Date.parse('2026-01-01T01:00:00Z');

/** The healthy surroundings of Subscription `kiali` in namespace `demo`, which says nothing yet. */
export function facts(changes: Partial<DiagnosisFacts> = {}): DiagnosisFacts {
  const own = changes.subscription ?? subscription({});
  return {
    subscription: own,
    subscriptionsInNamespace: [own],
    clusterServiceVersions: [],
    installPlans: [],
    catalogSources: [catalogSource('platform', 'READY')],
    operatorGroups: [operatorGroup('demo')],
    now,
    ...changes,
  };
}

export function object(
  kind: string,
  name: string,
  rest: {
    namespace?: string;
    labels?: Record<string, string>;
    owner?: string;
    spec?: unknown;
    status?: unknown;
  } = {},
): ApiObject {
  const { namespace = 'demo', labels, owner, ...fields } = rest;
  return {
    apiVersion: 'v1',
    kind,
    metadata: {
      name,
      namespace,
      uid: `uid-of-${name}`,
      resourceVersion: '1',
      creationTimestamp: '2026-01-01T00:00:10Z',
      ...(labels ? { labels } : {}),
      ...(owner ? { ownerReferences: [{ kind: 'Any', name: owner, uid: `uid-of-${owner}` }] } : {}),
    },
    ...fields,
  };
}

export function catalogSource(name: string, state: string): CatalogSourceObject {
  const status = { connectionState: { lastObservedState: state } };
  return { ...object('CatalogSource', name, { namespace: 'cpaas-system' }), status };
}

export function operatorGroup(name: string, targetNamespaces: string[] = ['demo']): OperatorGroupObject {
  return { ...object('OperatorGroup', name), spec: { targetNamespaces } };
}

/** A Warning about an object. */
export function warning(kind: string, name: string, reason: string, message: string): ApiObject {
  return {
    ...object('Event', `${name}.${reason}`),
    type: 'Warning',
    reason,
    message,
    involvedObject: { kind, name, namespace: 'demo' },
    lastTimestamp: '2026-01-01T00:59:00Z',
  };
}

/** A Deployment `kiali`, its ReplicaSet, and one pod with this status; the Deployment does not serve. */
export function deployment(
  podStatus?: unknown,
): Pick<DiagnosisFacts, 'deployments' | 'replicaSets' | 'pods'> {
  return {
    deployments: [
      object('Deployment', 'kiali', {
        spec: { replicas: 1, selector: { matchLabels: { app: 'kiali' } } },
        status: {
          updatedReplicas: 1,
          unavailableReplicas: 1,
          conditions: [
            { type: 'Available', status: 'False', message: 'Deployment does not have minimum availability.' },
          ],
        },
      }),
    ],
    replicaSets: [object('ReplicaSet', 'kiali-1', { owner: 'kiali' })],
    pods: podStatus
      ? [object('Pod', 'kiali-1-a', { owner: 'kiali-1', labels: { app: 'kiali' }, status: podStatus })]
      : [],
  };
}

/** Subscription `kiali` with conditions that hold. */
export function saying(...conditions: Partial<Condition>[]): SubscriptionObject {
  const own = subscription({});
  const full = conditions.map((condition) => ({ type: '', status: 'True', ...condition }));
  return { ...own, status: { ...own.status, conditions: full } };
}

/** A Subscription whose namespace OLM could not resolve, for these reasons. */
export function unresolved(message: string): Partial<DiagnosisFacts> {
  const reason = 'ConstraintsNotSatisfiable';
  return {
    subscription: saying({
      type: 'ResolutionFailed',
      reason,
      message: `constraints not satisfiable: ${message}`,
    }),
  };
}

/** The Subscription of another operator. */
export function other(name: string, status: Parameters<typeof subscription>[0] = {}): SubscriptionObject {
  const one = subscription(status, name);
  return { ...one, spec: { ...one.spec, name } };
}

/** The Subscription names plan `p` and heads for kiali.v1.0.0. */
export const heading = subscription({ currentCSV: 'kiali.v1.0.0', plan: 'p' });

/** The Subscription’s plan `p`. */
export function planned(
  plan: Partial<InstallPlanObject>,
  rest: Parameters<typeof installPlan>[1] = {},
): Partial<DiagnosisFacts> {
  return { subscription: heading, installPlans: [{ ...installPlan('p', rest), ...plan }] };
}

/** Its plan has failed with this message. */
export function failedPlan(message: string): Partial<DiagnosisFacts> {
  const conditions = [{ type: 'Installed', status: 'False', reason: 'InstallComponentFailed', message }];
  return planned({ status: { phase: 'Failed', message, conditions } }, { approved: true });
}

/** Its plan is complete, and its ClusterServiceVersion says this since ten minutes. */
export function version(phase: string, status: Record<string, unknown> = {}): Partial<DiagnosisFacts> {
  const one = clusterServiceVersion('kiali.v1.0.0', phase);
  const lastTransitionTime = '2026-01-01T00:50:00Z';
  return {
    subscription: heading,
    installPlans: [installPlan('p', { phase: 'Complete', approved: true })],
    clusterServiceVersions: [
      {
        ...one,
        spec: { ...one.spec, install: { spec: { deployments: [{ name: 'kiali' }] } } },
        status: { ...one.status, lastTransitionTime, ...status },
      },
    ],
  };
}

/** The pod of its Deployment waits for this reason. */
export function waitingPod(reason: string, more: Record<string, unknown> = {}) {
  const state = { waiting: { reason, message: `said of ${reason}` } };
  return deployment({
    phase: 'Pending',
    containerStatuses: [{ name: 'manager', image: 'r/kiali:1', state, ...more }],
  });
}

/** Its ClusterServiceVersion waits for its Deployment. */
export const installing = version('Installing', {
  reason: 'InstallWaiting',
  message: 'installing: waiting for deployment',
});
/** The Job that unpacks its bundle. */
export const job = (status: unknown) =>
  object('Job', 'abc', {
    namespace: 'cpaas-system',
    labels: { 'operatorframework.io/bundle-unpack-ref': 'abc' },
    spec: { template: { spec: { initContainers: [{ name: 'pull', image: 'r/kiali-bundle:1' }] } } },
    status,
  });

/** Metadata of a plan that was made for a Subscription. */
export function owned(name: string, owner: string) {
  return {
    ...object('InstallPlan', name).metadata,
    ownerReferences: [{ kind: 'Subscription', name: owner, uid: `uid-of-${owner}` }],
  };
}
