import { type OperatorRef, operatorRefSchema } from '../../contract';
import type {
  ListedPlan,
  PlanPath,
  PlanStepOnWire,
  ReviewedApi,
  ReviewedOperator,
  RightsSentenceOnWire,
} from '../../plan-contract';
import { describeInstallPlan } from '../approval';
import type { InstallPlanObject, SubscriptionObject } from '../objects';
import type { PackageChannels } from '../package-manifest';
import { field, optionalText, text } from '../untrusted';
import { versionOfName } from '../version';
import { canBeCleanedUp, classifyPlan } from './classify-plan';
import type { OperatorDiff, PlanDiff } from './diff';
import { ownersOf } from './install-plan';
import { upgradePath } from './path';
import type { PlanOperator } from './plan-operators';
import type { PlanReading } from './read-plan';
import type { RightsSentence } from './rights-words';

const MAX_LISTED = 500;

/**
 * A row of the list of InstallPlans.
 * @param namespacePlans all plans of the plan's namespace
 * @param subscriptions the Subscriptions of that namespace; undefined when they could not be read, and then nothing is
 * called superseded or orphaned
 * @param now milliseconds since 1970
 */
export function describeListedPlan(
  plan: InstallPlanObject,
  namespacePlans: readonly InstallPlanObject[],
  subscriptions: readonly SubscriptionObject[] | undefined,
  now: number,
): ListedPlan {
  const state = classifyPlan(plan, namespacePlans, subscriptions ?? [], now);
  const known = subscriptions !== undefined || !'superseded orphaned'.includes(state.id);
  const by = state.id === 'superseded' ? state.by : 'newer' in state ? state.newer : undefined;
  return {
    ...describeInstallPlan(plan, subscriptions ?? []),
    state: known ? { id: state.id, by } : { id: 'waiting' },
    cleanable: known && canBeCleanedUp(state),
    madeFor: ownersOf(plan).map(({ name }) => name),
  };
}

/** The operators of a plan with what becomes of each; those that were not asked for come last. */
export function describeOperatorsOf(
  plan: PlanReading,
  diff: PlanDiff,
  subscriptions: readonly SubscriptionObject[],
): ReviewedOperator[] {
  return plan.operators
    .map((operator) => {
      const found = diff.operators.find((one) => one.operator === operator);
      return describeOperator(operator, found, plan, subscriptions);
    })
    .sort((left, right) => Number(left.dependency) - Number(right.dependency));
}

function describeOperator(
  operator: PlanOperator,
  diff: OperatorDiff | undefined,
  plan: PlanReading,
  subscriptions: readonly SubscriptionObject[],
): ReviewedOperator {
  const manifest = plan.steps.find(
    ({ kind, name }) => kind === 'ClusterServiceVersion' && name === operator.clusterServiceVersion,
  )?.manifest;
  return {
    ...operator,
    displayName:
      text(field(field(manifest, 'spec'), 'displayName'), 200) ||
      operator.package ||
      operator.clusterServiceVersion,
    operator: referenceOf(operator, plan, subscriptions),
    rights: diff && {
      widened: diff.rights.widened.map(onWire),
      narrowed: diff.rights.narrowed.map(onWire),
      truncated: diff.rights.truncated,
      everything: diff.asksForEverything,
    },
    images: (diff?.images ?? []).slice(0, MAX_LISTED),
    operation: diff?.operation,
  };
}

function referenceOf(
  { subscription, dependency, package: name }: PlanOperator,
  plan: PlanReading,
  subscriptions: readonly SubscriptionObject[],
): OperatorRef | undefined {
  const spec =
    subscriptions.find(({ metadata }) => metadata.name === subscription)?.spec ??
    (dependency
      ? plan.steps.find(
          (step) => step.kind === 'Subscription' && field(field(step.manifest, 'spec'), 'name') === name,
        )?.manifest?.spec
      : undefined);
  const { data } = operatorRefSchema.safeParse({
    catalogNamespace: field(spec, 'sourceNamespace'),
    catalog: field(spec, 'source'),
    name: field(spec, 'name'),
  });
  return data;
}

function onWire({ key, params, risky, before }: RightsSentence): RightsSentenceOnWire {
  const values = Object.entries(params).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  return {
    key: key.slice('rights.'.length),
    values: Object.fromEntries(values),
    everywhere: key.endsWith('Everywhere'),
    risky,
    before,
  };
}

/** The definitions that a plan brings: what may break first, then what is new, then what stays as it is. */
export function describeApis(
  { apis }: PlanDiff,
  instances: ReadonlyMap<string, ReviewedApi['instances']>,
): ReviewedApi[] {
  const rank = (api: PlanDiff['apis'][number]) =>
    api.storedAtRisk.length + api.newlyRequired.length + api.refused.length > 0 || api.scope || api.prunes
      ? 0
      : ['changed', 'added', 'unchanged'].indexOf(api.change) + 1;
  return apis
    .map((api) => ({ ...api, instances: instances.get(api.name) }))
    .sort((left, right) => rank(left) - rank(right) || left.name.localeCompare(right.name))
    .slice(0, MAX_LISTED);
}

/** The steps without their manifests, which may be megabytes. */
export function describeSteps({ steps }: PlanReading): PlanStepOnWire[] {
  return steps.map(({ manifest: _, ...step }) => step);
}

/** What the cluster says of a plan that went wrong. */
export function messageOf({ status }: InstallPlanObject): string | undefined {
  const failed = status?.conditions?.find((condition) => condition.status === 'False' && condition.message);
  return optionalText(failed?.message ?? status?.message, 5000);
}

/**
 * The way from the installed version over the plan's to the newest of the Subscription's channel. A first installation
 * begins with the plan's version.
 * @param comes name of the ClusterServiceVersion that the plan brings for the Subscription
 * @param known undefined when the catalogue could not be read or has no such package
 */
export function describePath(
  { metadata, spec, status }: SubscriptionObject,
  comes: string,
  known: PackageChannels | undefined,
): PlanPath {
  const channel = known?.channels.find(({ name }) => name === (spec.channel || known.channel));
  const approval = spec.installPlanApproval === 'Manual' ? 'Manual' : 'Automatic';
  const base = {
    subscription: metadata.name,
    channel: channel?.name ?? spec.channel ?? '',
    approval,
  } as const;
  const old = status?.installedCSV;
  const listed = channel ?? { currentCSV: '', entries: [] };
  // A catalogue may not list what the plan brings any more, or may not be read.
  const here = {
    ...(listed.entries.find(({ name }) => name === comes) ?? { name: comes, version: versionOfName(comes) }),
    stop: 'next' as const,
    needs: { approval: approval === 'Manual' },
  };
  if (old && old !== comes) {
    const path = upgradePath({ installed: { name: old }, channel: listed, approval, next: comes });
    const installed = { clusterServiceVersion: old, version: versionOfName(old) };
    const steps = path.steps.some(({ name }) => name === comes) ? path.steps : [here, ...path.steps];
    return { ...base, ...path, steps, installed };
  }
  const path = upgradePath({ installed: { name: comes }, channel: listed, approval });
  return { ...base, ...path, steps: [here, ...path.steps] };
}
