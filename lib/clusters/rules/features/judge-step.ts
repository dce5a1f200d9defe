import { hasFailed } from '@/lib/operators/rules/attempts';
import type {
  ClusterServiceVersionObject,
  InstallPlanObject,
  SubscriptionObject,
} from '@/lib/operators/rules/objects';
import { versionOfName } from '@/lib/operators/rules/version';
import { moduleNameOf } from '@/lib/plugins/rules/labels';
import type { ModuleInfoObject } from '@/lib/plugins/rules/objects';
import { installationStatusOf, installedVersionOf, isRunning } from '@/lib/plugins/rules/status';
import type { Step } from '../../features-contract';
import type { Doing } from './run-state';

/** What a cluster holds of the components of a run. */
export interface RunFacts {
  subscriptions: readonly SubscriptionObject[];
  installPlans: readonly InstallPlanObject[];
  clusterServiceVersions: readonly ClusterServiceVersionObject[];
  /** Those of the run's cluster. */
  moduleInfos: readonly ModuleInfoObject[];
  /** Milliseconds since 1970. */
  now: number;
}

export type StepJudgement =
  | { state: 'succeeded' }
  | { state: 'failed'; code: 'gone' | 'failed' | 'tooLong'; detail: string }
  | ({ state: 'running' } & Doing);

/** The platform writes a plugin's status late: until then a failure may be the one of before. */
const PLUGIN_GRACE_MS = 4_000;
/** After this nothing is expected to move any more: OLM itself gives an installation five minutes, twice. */
const LIMIT_MS = 20 * 60_000;

/** Whether the write of a step was made already, by whomever. */
export function isSent(step: Step, facts: RunFacts): boolean {
  if (step.kind === 'plugin') return infoOf(step, facts)?.spec?.version === step.to;
  return planOf(step, facts)?.spec.approved === true || targetOf(step, facts)?.status?.phase === 'Succeeded';
}

/** How far a step is whose write was made. */
export function judgeStep(step: Step, facts: RunFacts): StepJudgement {
  const judgement = step.kind === 'plugin' ? judgePlugin(step, facts) : judgeOperator(step, facts);
  const since = Date.parse(step.startedAt ?? '');
  if (judgement.state !== 'running' || !(facts.now - since > LIMIT_MS)) return judgement;
  return {
    state: 'failed',
    code: 'tooLong',
    detail: `It is still ${judgement.doing ?? 'not there'} after 20 minutes.`,
  };
}

/**
 * Told from what the plan brings, not from the Subscription: OLM heads for the next upgrade, and its Subscription speaks
 * of that one, before this one serves.
 */
function judgeOperator(step: Step, facts: RunFacts): StepJudgement {
  const subscription = subscriptionOf(step, facts.subscriptions);
  if (!subscription) return { state: 'failed', code: 'gone', detail: 'Its Subscription was deleted.' };
  const target = targetOf(step, facts);
  if (target) return judgeTarget(target);
  // It may have gone on to the next version before anybody looked.
  if (versionOfName(subscription.status?.installedCSV ?? '') === step.to) return { state: 'succeeded' };
  const { phase = '', message, conditions } = planOf(step, facts)?.status ?? {};
  if (phase === 'Failed') {
    const said = conditions?.find(({ status }) => status === 'False')?.message ?? message;
    return { state: 'failed', code: 'failed', detail: said || 'Its InstallPlan failed.' };
  }
  return {
    state: 'running',
    progress: phase === 'Installing' ? 40 : 15,
    doing: `InstallPlan: ${phase || 'new'}`,
  };
}

function judgeTarget(target: ClusterServiceVersionObject): StepJudgement {
  const { phase = '', message = '' } = target.status ?? {};
  if (phase === 'Succeeded') return { state: 'succeeded' };
  if (hasFailed(target)) {
    return { state: 'failed', code: 'failed', detail: message.slice(0, 3000) || 'Its new version failed.' };
  }
  const progress = phase === 'Installing' ? 80 : 60;
  return { state: 'running', progress, doing: [phase, message].filter(Boolean).join(': ').slice(0, 300) };
}

function planOf({ plan }: Step, { installPlans }: RunFacts): InstallPlanObject | undefined {
  return installPlans.find(({ metadata }) => metadata.uid === plan?.uid);
}

/**
 * The ClusterServiceVersion that the plan brings for this operator: its plan may carry those of others. OLM moves
 * `currentCSV` on to the next upgrade as soon as one is found; `installedCSV` still names it then.
 */
function targetOf(
  step: Step,
  { clusterServiceVersions, subscriptions }: RunFacts,
): ClusterServiceVersionObject | undefined {
  const { status } = subscriptionOf(step, subscriptions) ?? {};
  return clusterServiceVersions.find(
    ({ metadata }) =>
      metadata.namespace === step.namespace &&
      step.plan?.clusterServiceVersionNames.includes(metadata.name) === true &&
      (metadata.name === status?.currentCSV || metadata.name === status?.installedCSV),
  );
}

function subscriptionOf(
  { namespace, name }: Step,
  subscriptions: readonly SubscriptionObject[],
): SubscriptionObject | undefined {
  return subscriptions.find(({ metadata }) => metadata.namespace === namespace && metadata.name === name);
}

function judgePlugin(step: Step, facts: RunFacts): StepJudgement {
  const info = infoOf(step, facts);
  if (!info) return { state: 'failed', code: 'gone', detail: 'It was uninstalled.' };
  const status = installationStatusOf(info);
  if (isRunning(info) && installedVersionOf(info) === step.to) return { state: 'succeeded' };
  const reasons = [
    ...(info.status?.blockReasons ?? []),
    ...(info.status?.appReleases ?? []).flatMap(({ failed, name, message, reason }) =>
      failed ? [`${name}: ${message ?? reason ?? 'failed'}`] : [],
    ),
  ];
  const old = facts.now - Date.parse(step.startedAt ?? '') > PLUGIN_GRACE_MS;
  if (old && /^(failed|error)$/i.test(info.status?.phase ?? '')) {
    const detail = [...new Set(reasons)].join('; ').slice(0, 3000);
    return { state: 'failed', code: 'failed', detail: detail || 'The platform says that it failed.' };
  }
  const releases = info.status?.appReleases ?? [];
  const ready = releases.filter((release) => release.ready).length;
  const share = status === 'Upgrading' && releases.length > 0 ? ready / releases.length : 0;
  return {
    state: 'running',
    progress: Math.round(20 + 60 * share),
    doing: reasons[0]?.slice(0, 300) ?? status,
  };
}

function infoOf({ name }: Step, { moduleInfos }: RunFacts): ModuleInfoObject | undefined {
  const own = moduleInfos.filter((info) => moduleNameOf(info) === name);
  return own.find(({ metadata }) => !metadata.deletionTimestamp) ?? own[0];
}
