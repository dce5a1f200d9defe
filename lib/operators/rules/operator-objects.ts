import type { OperatorEvent } from '../installed-contract';
import { type ApiObject, isCopied, planNameOf, type SubscriptionObject } from './objects';
import type { OlmFacts } from './status';
import { field, list, optionalText } from './untrusted';

const MAX_EVENTS = 200;

/** An Event (core v1), also as the newer events.k8s.io writes it: times of microseconds, repetitions as a series. */
export interface EventObject extends ApiObject {
  involvedObject?: { kind?: string; name?: string };
  type?: string;
  reason?: string;
  message?: string;
  count?: number;
  lastTimestamp?: string | null;
  eventTime?: string | null;
  series?: { count?: number; lastObservedTime?: string | null } | null;
}

/** What belongs to one installation: the Subscription, its plan, and the ClusterServiceVersions that it names. */
export function installationObjects(subscription: SubscriptionObject, facts: OlmFacts): ApiObject[] {
  const { metadata, status } = subscription;
  const within = (object: ApiObject) => object.metadata.namespace === metadata.namespace;
  const plans = (facts.installPlans ?? []).filter(
    (plan) => within(plan) && plan.metadata.name === planNameOf(subscription),
  );
  const versions = (facts.clusterServiceVersions ?? []).filter(
    (version) =>
      within(version) &&
      !isCopied(version) &&
      [status?.currentCSV, status?.installedCSV].includes(version.metadata.name),
  );
  return [subscription, ...plans, ...versions];
}

/**
 * The Events of an installation's objects, newest first: those of the objects themselves, of the Deployments
 * of its ClusterServiceVersions, and of their ReplicaSets and Pods, which are named after them.
 */
export function describeEvents(
  events: readonly EventObject[],
  objects: readonly ApiObject[],
): OperatorEvent[] {
  const names = new Set(
    objects.map((object) => key(object.metadata.namespace, object.kind, object.metadata.name)),
  );
  const deployments = objects.flatMap((object) =>
    deploymentNames(object).map((name) => ({ namespace: object.metadata.namespace, name })),
  );
  const belongs = ({ metadata: { namespace }, involvedObject = {} }: EventObject) => {
    const { kind = '', name = '' } = involvedObject;
    if (names.has(key(namespace, kind, name))) return true;
    return deployments.some(
      (deployment) =>
        deployment.namespace === namespace &&
        (kind === 'Deployment' ? name === deployment.name : name.startsWith(`${deployment.name}-`)),
    );
  };
  return events
    .filter(belongs)
    .map((event) => ({
      type: event.type ?? 'Normal',
      reason: event.reason ?? '',
      message: (event.message ?? '').slice(0, 5000),
      namespace: event.metadata.namespace ?? '',
      object: { kind: event.involvedObject?.kind ?? '', name: event.involvedObject?.name ?? '' },
      count: event.count || event.series?.count || 1,
      lastSeen: lastSeen(event),
    }))
    .sort((left, right) => Date.parse(right.lastSeen) - Date.parse(left.lastSeen))
    .slice(0, MAX_EVENTS);
}

/** When an Event happened the last time. */
function lastSeen({ lastTimestamp, series, eventTime, metadata }: EventObject): string {
  return lastTimestamp || series?.lastObservedTime || eventTime || metadata.creationTimestamp;
}

function deploymentNames({ kind, spec }: ApiObject): string[] {
  if (kind !== 'ClusterServiceVersion') return [];
  const deployments = field(field(field(spec, 'install'), 'spec'), 'deployments');
  return list(deployments, (deployment) => optionalText(field(deployment, 'name'), 253));
}

function key(namespace: string | undefined, kind: string, name: string): string {
  return `${namespace}/${kind}/${name}`;
}
