import type {
  ClusterServiceVersionObject,
  Condition,
  InstallPlanObject,
  OperatorGroupObject,
  SubscriptionObject,
} from './objects';
import { field, list, optionalText, record, text } from './untrusted';

/**
 * OLM's objects as the rules expect them: whatever is of another type than it should be counts as missing, so that one
 * odd object does not take a page with it. The schemas of OLM's definitions forbid most of that, but definitions can be
 * older than the console, or changed by hand.
 */
export function soundPlan(plan: InstallPlanObject): InstallPlanObject {
  const { spec, status } = plan;
  return {
    ...plan,
    spec: {
      ...record(spec),
      approval: optionalText(field(spec, 'approval'), 50),
      approved: field(spec, 'approved') === true,
      clusterServiceVersionNames: list(field(spec, 'clusterServiceVersionNames'), name, 1000),
    },
    status: sound(status, () => ({
      phase: optionalText(field(status, 'phase'), 50),
      message: optionalText(field(status, 'message'), MAX_MESSAGE),
      conditions: conditionsOf(status),
    })),
  };
}

export function soundSubscription(subscription: SubscriptionObject): SubscriptionObject {
  const { spec, status } = subscription;
  const names = ['channel', 'installPlanApproval', 'startingCSV'] as const;
  const [plan, older] = [field(status, 'installPlanRef'), field(status, 'installplan')];
  return {
    ...subscription,
    spec: {
      ...record(spec),
      ...namesOf(spec, names),
      name: text(field(spec, 'name'), 253),
      source: text(field(spec, 'source'), 253),
      sourceNamespace: text(field(spec, 'sourceNamespace'), 253),
    },
    status: sound(status, () => ({
      ...namesOf(status, ['state', 'currentCSV', 'installedCSV']),
      installPlanRef: sound(plan, () => namesOf(plan, ['name', 'namespace', 'uid'])),
      installplan: sound(older, () => namesOf(older, ['name', 'uuid'])),
      conditions: conditionsOf(status),
    })),
  };
}

export function soundVersion(version: ClusterServiceVersionObject): ClusterServiceVersionObject {
  const { spec, status } = version;
  const install = field(spec, 'install');
  const strategy = field(install, 'spec');
  const deployments = list(field(strategy, 'deployments'), record);
  return {
    ...version,
    spec: sound(spec, () => ({
      ...namesOf(spec, ['version', 'replaces', 'displayName']),
      install: sound(install, () => ({ spec: sound(strategy, () => ({ deployments })) })),
    })),
    status: sound(status, () => ({
      ...namesOf(status, ['phase', 'reason', 'lastUpdateTime', 'lastTransitionTime']),
      message: optionalText(field(status, 'message'), MAX_MESSAGE),
    })),
  };
}

export function soundGroup(group: OperatorGroupObject): OperatorGroupObject {
  const { spec, status } = group;
  const namespaces = (value: unknown) =>
    Array.isArray(value) ? value.filter((namespace) => typeof namespace === 'string') : undefined;
  return {
    ...group,
    spec: sound(spec, () => ({ targetNamespaces: namespaces(field(spec, 'targetNamespaces')) })),
    status: sound(status, () => ({ namespaces: namespaces(field(status, 'namespaces')) })),
  };
}

const MAX_MESSAGE = 20_000;

/** A part of an object with some of its fields put right; undefined where it is not an object. */
function sound<T extends object>(part: unknown, fields: () => T): T | undefined {
  if (typeof part !== 'object' || part === null || Array.isArray(part)) return undefined;
  return { ...part, ...fields() };
}

function namesOf<const K extends string>(part: unknown, keys: readonly K[]): Partial<Record<K, string>> {
  const found: Partial<Record<K, string>> = {};
  for (const key of keys) found[key] = name(field(part, key));
  return found;
}

function name(value: unknown): string | undefined {
  return optionalText(value, 253);
}

function conditionsOf(status: unknown): Condition[] | undefined {
  const conditions = field(status, 'conditions');
  if (!Array.isArray(conditions)) return undefined;
  return list(conditions, (condition) => ({
    ...record(condition),
    type: text(field(condition, 'type'), 253),
    status: text(field(condition, 'status'), 50),
    reason: optionalText(field(condition, 'reason'), 253),
    message: optionalText(field(condition, 'message'), MAX_MESSAGE),
    lastTransitionTime: optionalText(field(condition, 'lastTransitionTime'), 50),
  }));
}
