import { type ClusterServiceVersionObject, isCopied } from '../objects';
import { field, list, text } from '../untrusted';
import { type CrdChange, compareCrd, type ExistingObjects } from './crd-diff';
import { compareImages, type ImageChange } from './images';
import { nameOf } from './manifest';
import { compareOperation, type OperationChange, type Surroundings } from './operation';
import type { PlanOperator } from './plan-operators';
import type { PlanReading, PlanStep } from './read-plan';
import { compareRights, type RightsReading, rightsOf, rightsOfRoles } from './rights';
import { describeRights, type RightsSentence } from './rights-words';

/** What runs on the cluster before a plan is approved. `undefined`: it could not be read. */
export interface Running {
  /** Those of the whole cluster as far as they may be read, at least the plan's namespace. */
  clusterServiceVersions: readonly ClusterServiceVersionObject[] | undefined;
  customResourceDefinitions: readonly unknown[] | undefined;
  /** Definitions that were too many to be looked for. */
  unread?: ReadonlySet<string>;
  /** `Role` and `ClusterRole` objects that the plan's steps name and the cluster has already. */
  roles?: readonly unknown[];
  /** Objects of the kinds whose required fields change. */
  existing?: ExistingObjects;
  /** The namespace's OperatorGroup targets all namespaces, so that all rights hold everywhere. */
  everywhere: boolean;
  around?: Surroundings;
}

/** What becomes of one operator. */
export interface OperatorDiff {
  operator: PlanOperator;
  /** In words; cluster-wide ones first. */
  rights: { widened: RightsSentence[]; narrowed: RightsSentence[]; truncated: boolean };
  /** It asks, or goes on asking, for every verb on everything. */
  asksForEverything: boolean;
  images: ImageChange[];
  operation: OperationChange;
}

/** A plan against what runs. */
export interface PlanDiff {
  operators: OperatorDiff[];
  apis: (CrdChange & {
    clusterServiceVersion: string;
    /** Operators outside the plan that own the same API, and live with what the plan makes of it. */
    alsoOwnedBy: { namespace: string; name: string }[];
  })[];
  /** What had to be left out, so that an empty list is not taken for "no change". */
  unknown: { subject: 'newVersion' | 'oldVersion' | 'api' | 'apis'; name: string }[];
}

/** Compares a plan that `readPlan` has read with what runs. */
export function diffPlan(plan: PlanReading, running: Running): PlanDiff {
  const unknown: PlanDiff['unknown'] = [];
  const operators = plan.operators.flatMap((operator) => {
    const step = plan.steps.find(
      ({ kind, name }) => kind === 'ClusterServiceVersion' && name === operator.clusterServiceVersion,
    );
    if (!step?.manifest) {
      unknown.push({ subject: 'newVersion', name: operator.clusterServiceVersion });
      return [];
    }
    const old = oldVersion(operator, running);
    if (operator.from && !old)
      unknown.push({ subject: 'oldVersion', name: operator.from.clusterServiceVersion });
    return [diffOperator(operator, step, old, plan.steps, running)];
  });
  return { operators, apis: diffApis(plan, running, unknown), unknown };
}

function oldVersion({ from }: PlanOperator, running: Running): ClusterServiceVersionObject | undefined {
  return running.clusterServiceVersions?.find(
    (version) => version.metadata.name === from?.clusterServiceVersion && !isCopied(version),
  );
}

function diffOperator(
  operator: PlanOperator,
  step: PlanStep,
  old: ClusterServiceVersionObject | undefined,
  steps: readonly PlanStep[],
  running: Running,
): OperatorDiff {
  const own = steps.filter(
    ({ clusterServiceVersion, kind }) =>
      clusterServiceVersion === operator.clusterServiceVersion && (kind === 'Role' || kind === 'ClusterRole'),
  );
  // Roles that OLM made of the ClusterServiceVersion's own rights are read from there, once.
  const roles = own.flatMap(({ manifest }) => (manifest && !isMadeByOlm(manifest) ? [manifest] : []));
  const names = new Set(roles.map((role) => `${text(role.kind, 50)}/${nameOf(role)}`));
  const oldRoles = (running.roles ?? []).filter((role) =>
    names.has(`${text(field(role, 'kind'), 50)}/${nameOf(role)}`),
  );
  const after = joined(rightsOf(step.manifest, running.everywhere), rightsOfRoles(roles));
  const before = joined(rightsOf(old, running.everywhere), rightsOfRoles(old ? oldRoles : []));
  const { widened, narrowed } = compareRights(before.rights, after.rights);
  return {
    operator,
    rights: {
      widened: describeRights(widened, before.rights),
      narrowed: describeRights(narrowed),
      truncated: before.truncated || after.truncated,
    },
    asksForEverything: describeRights(after.rights).some(({ key }) => key === 'rights.everythingEverywhere'),
    images: compareImages(old, step.manifest),
    operation: compareOperation(old, step.manifest, running.around ?? { namespace: '' }),
  };
}

function isMadeByOlm(role: unknown): boolean {
  return (
    text(field(field(field(role, 'metadata'), 'labels'), 'olm.owner.kind'), 100) === 'ClusterServiceVersion'
  );
}

function joined(left: RightsReading, right: RightsReading): RightsReading {
  return { rights: [...left.rights, ...right.rights], truncated: left.truncated || right.truncated };
}

function diffApis(plan: PlanReading, running: Running, unknown: PlanDiff['unknown']): PlanDiff['apis'] {
  const steps = plan.steps.filter(({ kind }) => kind === 'CustomResourceDefinition');
  if (steps.length > 0 && running.customResourceDefinitions === undefined) {
    unknown.push({ subject: 'apis', name: String(steps.length) });
    return [];
  }
  const beyond = steps.filter(({ name }) => running.unread?.has(name)).length;
  if (beyond > 0) unknown.push({ subject: 'apis', name: String(beyond) });
  const existing = new Map((running.customResourceDefinitions ?? []).map((crd) => [nameOf(crd), crd]));
  const owners = ownersOf(plan, running);
  return steps.flatMap((step) => {
    if (running.unread?.has(step.name)) return [];
    if (!step.manifest) {
      unknown.push({ subject: 'api', name: step.name });
      return [];
    }
    const change = compareCrd(existing.get(step.name), step.manifest, running.existing);
    const alsoOwnedBy = owners.get(step.name) ?? [];
    return [{ ...change, clusterServiceVersion: step.clusterServiceVersion, alsoOwnedBy }];
  });
}

/** Who owns each API, outside the plan and what it replaces. */
function ownersOf(plan: PlanReading, running: Running): Map<string, { namespace: string; name: string }[]> {
  const involved = new Set(
    plan.operators.flatMap(({ clusterServiceVersion, from }) => [
      clusterServiceVersion,
      from?.clusterServiceVersion,
    ]),
  );
  const owners = new Map<string, { namespace: string; name: string }[]>();
  for (const version of running.clusterServiceVersions ?? []) {
    const { name, namespace = '' } = version.metadata;
    if (isCopied(version) || involved.has(name)) continue;
    const owned = field(field(version.spec, 'customresourcedefinitions'), 'owned');
    for (const crd of list(owned, (api) => text(field(api, 'name'), 253), 500)) {
      owners.set(crd, [...(owners.get(crd) ?? []), { namespace, name }]);
    }
  }
  return owners;
}
