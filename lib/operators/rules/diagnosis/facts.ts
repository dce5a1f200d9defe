import { readCondition } from '../conditions';
import type {
  ApiObject,
  CatalogSourceObject,
  ClusterServiceVersionObject,
  Condition,
  InstallPlanObject,
  OperatorGroupObject,
  SubscriptionObject,
} from '../objects';
import { isCopied, planNameOf } from '../objects';
import { field, list, text } from '../untrusted';
import type { Cause, Witness } from './cause';

/** What the cluster holds around an installation. `undefined`: it could not be read, so nothing is concluded from it. */
export interface Surroundings {
  /** All Subscriptions of its namespace, itself among them. */
  subscriptionsInNamespace: readonly SubscriptionObject[] | undefined;
  /** Of its namespace, copies among them. */
  clusterServiceVersions: readonly ClusterServiceVersionObject[] | undefined;
  /** Of its namespace. */
  installPlans: readonly InstallPlanObject[] | undefined;
  catalogSources: readonly CatalogSourceObject[] | undefined;
  /** Of its namespace. */
  operatorGroups: readonly OperatorGroupObject[] | undefined;
  /** Unpack Jobs: those of the catalog's namespace. */
  jobs?: readonly ApiObject[];
  /** Of its namespace and of the catalog's. */
  pods?: readonly ApiObject[];
  /** Of its namespace. */
  deployments?: readonly ApiObject[];
  replicaSets?: readonly ApiObject[];
  /** Events (core/v1) of its namespace and of the catalog's. */
  events?: readonly ApiObject[];
  /** CustomResourceDefinitions that are there and do not serve what a ClusterServiceVersion needs of them. */
  definitions?: readonly ApiObject[];
  /** The PackageManifest of its package in its catalog; `null` when the catalog does not have it. */
  packageManifest?: unknown;
  /** The PackageManifests of that name in any catalog that serves its namespace. */
  offers?: readonly unknown[];
  /** Milliseconds since 1970. */
  now: number;
}

export interface DiagnosisFacts extends Surroundings {
  subscription: SubscriptionObject;
}

/** A finding, before patience has judged it. */
export interface Finding {
  cause: Cause;
  says: Witness;
  since?: string;
  detail?: string;
}

/** Where a ClusterServiceVersion stands. */
export interface Place {
  facts: Surroundings;
  namespace: string;
  plan?: InstallPlanObject;
}

/** The objects that a Subscription names. */
export interface Scene extends Place {
  facts: DiagnosisFacts;
  subscription: SubscriptionObject;
  /** The ClusterServiceVersion that the Subscription heads for, when it exists and is no copy. */
  target?: ClusterServiceVersionObject;
  /** The one that serves until the target does. */
  running?: ClusterServiceVersionObject;
  planName?: string;
}

/** Silence is trouble only after this time: every controller needs a moment. */
export const GRACE_SECONDS = 30;

export function sceneOf(facts: DiagnosisFacts): Scene {
  const { subscription } = facts;
  const namespace = subscription.metadata.namespace ?? '';
  const own = (facts.clusterServiceVersions ?? []).filter(
    (version) => version.metadata.namespace === namespace && !isCopied(version),
  );
  const named = (name?: string) => (name ? own.find(({ metadata }) => metadata.name === name) : undefined);
  const { currentCSV, installedCSV } = subscription.status ?? {};
  const target = named(currentCSV);
  const planName = planNameOf(subscription);
  return {
    facts,
    subscription,
    namespace,
    target,
    running: [named(installedCSV), named(target?.spec?.replaces)].find(
      (version) => version && version !== target,
    ),
    planName,
    plan: facts.installPlans?.find(
      ({ metadata }) => metadata.namespace === namespace && metadata.name === planName,
    ),
  };
}

/** An object as the one that says so. */
export function witness({ kind, metadata }: ApiObject, field?: string): Witness {
  return { kind, namespace: metadata.namespace ?? '', name: metadata.name, field };
}

/** The cluster's own words, bounded. */
export function wordsOf(value: unknown): string | undefined {
  return text(value, 1000) || undefined;
}

/** A condition of a Subscription that holds. */
export function conditionOf(subscription: SubscriptionObject, type: string): Condition | undefined {
  const condition = anyConditionOf(subscription, type);
  return condition?.status === 'True' ? condition : undefined;
}

/** `status.conditions` of any object, the one of a type. */
export function anyConditionOf(object: unknown, type: string): Condition | undefined {
  return list(field(field(object, 'status'), 'conditions'), readCondition).find(
    (condition) => condition.type === type,
  );
}

/** Whether this happened longer ago than `seconds`; what has no time is not old. */
export function isOlder(time: string | undefined, now: number, seconds = GRACE_SECONDS): boolean {
  const then = Date.parse(time ?? '');
  return !Number.isNaN(then) && now - then > seconds * 1000;
}

/** Whether the Subscription has had its moment: silence means something only then. */
export function isPatientEnough({ facts, subscription }: Scene): boolean {
  return isOlder(subscription.metadata.creationTimestamp, facts.now);
}

/** The newest Warning about an object, by kind and name. */
export function warningOf(facts: Surroundings, kind: string, name: string, reasons?: readonly string[]) {
  return warningsOf(facts, (object) => object.kind === kind && object.name === name, reasons).at(-1);
}

/** Warnings about the objects that `concerns` accepts, oldest first. */
export function warningsOf(
  { events }: Surroundings,
  concerns: (object: { kind: string; name: string; namespace: string }) => boolean,
  reasons?: readonly string[],
): { event: ApiObject; message: string; time: string }[] {
  return (events ?? [])
    .filter((event) => {
      const about = field(event, 'involvedObject') ?? field(event, 'regarding');
      const object = {
        kind: text(field(about, 'kind'), 100),
        name: text(field(about, 'name'), 253),
        namespace: text(field(about, 'namespace'), 253),
      };
      if (field(event, 'type') !== 'Warning' || !concerns(object)) return false;
      return !reasons || reasons.includes(text(field(event, 'reason'), 200));
    })
    .map((event) => ({
      event,
      message: text(field(event, 'message') ?? field(event, 'note'), 2000),
      time: text(
        field(event, 'lastTimestamp') ||
          field(field(event, 'series'), 'lastObservedTime') ||
          field(event, 'eventTime') ||
          event.metadata.creationTimestamp,
        50,
      ),
    }))
    .sort((left, right) => (Date.parse(left.time) || 0) - (Date.parse(right.time) || 0));
}
