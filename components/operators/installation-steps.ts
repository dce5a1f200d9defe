import type { Subscription } from '@/lib/operators/contract';

export const installationSteps = [
  'created',
  'resolving',
  'unpacking',
  'approval',
  'installing',
  'succeeded',
] as const;
export type InstallationStep = (typeof installationSteps)[number];
export type StepState = 'done' | 'current' | 'waiting' | 'failed' | 'todo';

export interface StepProgress {
  step: InstallationStep;
  state: StepState;
  /** When it began, where the cluster tells. */
  since?: string;
}

/**
 * How far the installation or the upgrade of a Subscription has come. Only a ClusterServiceVersion in phase
 * `Succeeded` ends it: OLM's own `AtLatestKnown` and a plan's `Complete` come too early.
 */
export function stepsOf(subscription: Subscription): StepProgress[] {
  const { at, state } = positionOf(subscription);
  return installationSteps.map((step, index) => ({
    step,
    state: index < at ? 'done' : index === at ? state : 'todo',
    since: sinceOf(step, subscription),
  }));
}

function positionOf(subscription: Subscription): { at: number; state: StepState } {
  const at = (step: InstallationStep, state: StepState) => ({ at: installationSteps.indexOf(step), state });
  switch (subscription.status) {
    case 'Installed':
    case 'Upgrade available':
      return at('succeeded', 'done');
    case 'Unpacking':
      return at('unpacking', 'current');
    case 'Awaiting approval':
      return at('approval', 'waiting');
    case 'Installing':
    case 'Upgrading':
      return at('installing', 'current');
    case 'Failed':
      return at(failedStep(subscription), 'failed');
    default:
      return at('resolving', 'current');
  }
}

function failedStep({ clusterServiceVersion, plan, conditions }: Subscription): InstallationStep {
  const holds = (type: string) =>
    conditions.some((condition) => condition.type === type && condition.status === 'True');
  if (holds('BundleUnpackFailed')) return 'unpacking';
  if (clusterServiceVersion || plan) return 'installing';
  return 'resolving';
}

function sinceOf(step: InstallationStep, { createdAt, conditions }: Subscription): string | undefined {
  const changed = (type: string) =>
    conditions.find((condition) => condition.type === type)?.lastTransitionTime;
  if (step === 'created') return createdAt;
  if (step === 'unpacking') return changed('BundleUnpacking');
  if (step === 'approval') return changed('InstallPlanPending');
  return undefined;
}
