import { type Condition, type InstallPlanObject, planNameOf } from '../objects';
import { classifyPlan } from '../plan/classify-plan';
import { ownersOf, stepsOf } from '../plan/install-plan';
import { field, text } from '../untrusted';
import type { Cause } from './cause';
import {
  anyConditionOf,
  conditionOf,
  type DiagnosisFacts,
  type Finding,
  isOlder,
  type Scene,
  witness,
  wordsOf,
} from './facts';
import { causeInMessage, unpackCause } from './failure-message';
import { operatorGroupFinding } from './group-trouble';
import { lookupFinding } from './unpacking';

/** What the plan that the Subscription names waits for, or why it has failed; it is not complete. */
export function planFinding(scene: Scene, plan: InstallPlanObject): Finding {
  const { facts, subscription } = scene;
  const says = witness(plan, 'status.phase');
  const since = plan.metadata.creationTimestamp;
  const state = classifyPlan(
    plan,
    facts.installPlans ?? [],
    facts.subscriptionsInNamespace ?? [subscription],
    facts.now,
  );
  switch (state.id) {
    case 'waiting':
      return waitingFinding(scene, plan);
    case 'stalled':
      return {
        cause: { id: 'planWithoutStatus', plan: plan.metadata.name, newer: state.newer },
        says,
        since,
      };
    case 'superseded':
      return { cause: { id: 'planSuperseded', plan: plan.metadata.name, by: state.by }, says, since };
    case 'orphaned':
      return { cause: { id: 'planOrphaned', plan: plan.metadata.name }, says, since };
    case 'preparing':
      return { cause: { id: 'slow', stage: 'planning', overdue: false }, says, since };
    default:
      return executionFinding(scene, plan);
  }
}

/** It waits for approval, unless it could not be carried out after that: OLM tries the OperatorGroup of each plan. */
function waitingFinding(scene: Scene, plan: InstallPlanObject): Finding {
  const installed = notInstalled(plan);
  const known = groupCause(scene.facts, installed?.message) ?? causeInMessage(installed?.message);
  if (known) {
    return {
      cause: known,
      says: witness(plan, 'status.conditions[Installed]'),
      since: installed?.lastTransitionTime,
      detail: wordsOf(installed?.message),
    };
  }
  return (
    operatorGroupFinding(scene) ?? {
      cause: waitsForApproval(scene, plan),
      says: witness(plan, 'status.phase'),
      since: plan.metadata.creationTimestamp,
    }
  );
}

/** An approved plan: OLM tries a failing step for a minute, and only its message tells of it until then. */
function executionFinding({ facts, subscription }: Scene, plan: InstallPlanObject): Finding {
  const { phase, message } = plan.status ?? {};
  const installed = notInstalled(plan);
  const words = installed?.message || message;
  const says = witness(
    plan,
    installed ? 'status.conditions[Installed]' : words ? 'status.message' : 'status.phase',
  );
  const since = installed?.lastTransitionTime ?? text(field(plan.status, 'startTime'), 50);
  // Between the approval and OLM's first write no field tells since when it is executed.
  const said = { says, since: since || undefined, detail: wordsOf(words) };
  const known = causeInMessage(words) ?? unpackCause(words) ?? groupCause(facts, words);
  if (known) return { cause: known, ...said };
  const lookup = phase === 'Failed' ? undefined : lookupFinding(plan);
  if (lookup) return lookup;
  // `retrying execution due to error: …` is no failure yet: OLM tries for a minute.
  if (phase === 'Failed' || (installed && !groupWords.test(words ?? ''))) {
    const operator = failingOperator(plan, words ?? '');
    const others = operator !== subscription.status?.currentCSV ? operator : undefined;
    return { cause: { id: 'planFailed', plan: plan.metadata.name, operator: others }, ...said };
  }
  return { cause: { id: 'slow', stage: 'executing', overdue: false }, ...said };
}

/** Once what hindered a plan is over, OLM only takes reason and message off the condition: then it says nothing. */
function notInstalled(plan: InstallPlanObject): Condition | undefined {
  const condition = anyConditionOf(plan, 'Installed');
  return condition?.status === 'False' && condition.message ? condition : undefined;
}

const groupWords = /operator group(?: found that is|\(s\) are) managing this namespace/;

/** OLM asks the OperatorGroup with whose rights it carries a plan out; what it says holds while it is still true. */
function groupCause({ operatorGroups }: DiagnosisFacts, words: string | undefined): Cause | undefined {
  if (!groupWords.test(words ?? '') || operatorGroups?.length === 1) return undefined;
  if (words?.includes('no operator group found')) return { id: 'noOperatorGroup' };
  const names = (operatorGroups ?? []).map(({ metadata }) => metadata.name);
  return { id: 'severalOperatorGroups', operatorGroups: names.slice(0, 20) };
}

/** The operator whose step the message names. */
function failingOperator(plan: InstallPlanObject, message: string): string | undefined {
  const step = stepsOf(plan).steps.find((candidate) => {
    const name = text(field(candidate.resource, 'name'), 253);
    return name.length > 2 && message.includes(name);
  });
  return step && (text(step.resolving, 253) || undefined);
}

function waitsForApproval({ subscription, running, facts }: Scene, plan: InstallPlanObject): Cause {
  const { currentCSV, installedCSV } = subscription.status ?? {};
  const others = (plan.spec.clusterServiceVersionNames ?? []).filter((name) => name !== currentCSV);
  // One Manual Subscription makes the plans of the whole namespace wait.
  const manual = facts.subscriptionsInNamespace?.find(
    ({ spec, metadata }) =>
      spec.installPlanApproval === 'Manual' && metadata.name !== subscription.metadata.name,
  );
  return {
    id: 'waitsForApproval',
    plan: plan.metadata.name,
    upgrade: running !== undefined || Boolean(installedCSV && installedCSV !== currentCSV),
    others,
    becauseOf: subscription.spec.installPlanApproval === 'Manual' ? undefined : manual?.metadata.name,
  };
}

/**
 * The Subscription names a plan that is not there: somebody has deleted it. OLM makes one anew that nobody had approved
 * yet, and for the rest says that it is missing; it has not looked yet while it calls the plan pending.
 */
export function missingPlanFinding({ subscription, planName, namespace, facts }: Scene): Finding | undefined {
  if (!planName || facts.installPlans === undefined) return undefined;
  const missing = conditionOf(subscription, 'InstallPlanMissing');
  if (!missing && !isOlder(subscription.metadata.creationTimestamp, facts.now)) return undefined;
  if (!missing && conditionOf(subscription, 'InstallPlanPending')) {
    const says = { kind: 'InstallPlan', namespace, name: planName };
    return { cause: { id: 'slow', stage: 'planning', overdue: false }, says };
  }
  return {
    cause: { id: 'planMissing', plan: planName },
    says: witness(subscription, missing ? 'status.conditions[InstallPlanMissing]' : 'status.installPlanRef'),
    since: missing?.lastTransitionTime,
    detail: wordsOf(missing?.message),
  };
}

const GENERATED_BY = 'olm.generated-by';

/**
 * A Subscription that came with another operator names the plan that made it. OLM looks for that plan before it resolves
 * the namespace, as long as the Subscription has no plan of its own, and goes no further when the plan is gone.
 */
export function generatorFinding({ facts, subscription, namespace }: Scene): Finding | undefined {
  const { installPlans, subscriptionsInNamespace = [subscription] } = facts;
  if (installPlans === undefined) return undefined;
  const isThere = (name: string) =>
    installPlans.some(({ metadata }) => metadata.namespace === namespace && metadata.name === name);
  const waiting = subscriptionsInNamespace.find((one) => {
    const plan = one.metadata.annotations?.[GENERATED_BY];
    return plan && !planNameOf(one) && !isThere(plan) && isOlder(one.metadata.creationTimestamp, facts.now);
  });
  if (!waiting) return undefined;
  const plan = waiting.metadata.annotations?.[GENERATED_BY] ?? '';
  const own = waiting.metadata.uid === subscription.metadata.uid;
  return {
    cause: own
      ? { id: 'planMissing', plan }
      : { id: 'heldUpBySubscription', subscription: waiting.metadata.name, cause: 'planMissing' },
    says: witness(waiting, `metadata.annotations[${GENERATED_BY}]`),
  };
}

/** A plan that was made for the Subscription and that it does not name, or no longer: nobody executes it. */
export function strayPlanFinding(scene: Scene): Finding | undefined {
  for (const { plan, state, ...said } of plansAround(scene)) {
    if (!ownersOf(plan).some(({ uid }) => uid === scene.subscription.metadata.uid)) continue;
    if (state.id === 'superseded') {
      return { cause: { id: 'planSuperseded', plan: plan.metadata.name, by: state.by }, ...said };
    }
    if (state.id === 'stalled') {
      return { cause: { id: 'planWithoutStatus', plan: plan.metadata.name, newer: state.newer }, ...said };
    }
  }
  return undefined;
}

/**
 * A plan of another operator that is not finished keeps OLM from resolving the namespace anew, and so does one that no
 * Subscription is left for. Only asked when the Subscription has no plan itself.
 */
export function otherPlanFinding(scene: Scene): Finding | undefined {
  const patient = isOlder(scene.subscription.metadata.creationTimestamp, scene.facts.now);
  for (const { plan, state, ...said } of plansAround(scene)) {
    // A plan that OLM tries again and again holds others up from the first second; else a moment is nothing unusual.
    if (!patient && !(state.id === 'installing' && plan.status?.message)) continue;
    if (state.id === 'orphaned') return { cause: { id: 'planOrphaned', plan: plan.metadata.name }, ...said };
    if (ownersOf(plan).some(({ uid }) => uid === scene.subscription.metadata.uid)) continue;
    // OLM has gone on from a plan that it has made another one after.
    if ('newer' in state && state.newer) continue;
    if (['waiting', 'installing', 'failed', 'stalled'].includes(state.id)) {
      const operators = plan.spec.clusterServiceVersionNames ?? [];
      const phase = plan.status?.phase ?? '';
      return { cause: { id: 'heldUpByPlan', plan: plan.metadata.name, operators, phase }, ...said };
    }
  }
  return undefined;
}

function plansAround({ facts, namespace }: Scene) {
  const plans = (facts.installPlans ?? []).filter(({ metadata }) => metadata.namespace === namespace);
  const subscriptions = facts.subscriptionsInNamespace;
  // Whether anybody is left for a plan can't be told without the Subscriptions.
  if (subscriptions === undefined) return [];
  return plans.map((plan) => ({
    plan,
    state: classifyPlan(plan, plans, subscriptions, facts.now),
    says: witness(plan, 'status.phase'),
    since: plan.metadata.creationTimestamp,
  }));
}
