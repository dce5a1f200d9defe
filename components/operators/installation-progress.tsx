import { Stamp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import {
  type InstallationStep,
  type StepProgress,
  type StepState,
  stepsOf,
} from '@/components/operators/installation-steps';
import { useReason } from '@/components/operators/use-reason';
import { Badge } from '@/components/ui/badge';
import { StepItem, type StepLook, stepLooks } from '@/components/ui/step-item';
import { Time } from '@/components/ui/time';
import type { Subscription } from '@/lib/operators/contract';

const looks: Record<StepState, StepLook> = {
  ...stepLooks,
  waiting: { icon: Stamp, ink: 'text-waiting', tone: 'waiting' },
};

/** The steps of an installation, one under the other; `action` stands at the step that is under way. */
export function InstallationProgress({
  subscription,
  action,
}: {
  subscription: Subscription;
  action?: ReactNode;
}) {
  const reason = useReason()(subscription);
  const t = useTranslations('progress');
  return (
    <ol aria-label={t('steps')} className="flex flex-col">
      {stepsOf(subscription).map((progress, index, all) => (
        <Step
          key={progress.step}
          progress={progress}
          last={index === all.length - 1}
          manual={subscription.approval === 'Manual'}
          message={reason}
          action={action}
        />
      ))}
    </ol>
  );
}

function Step({
  progress: { step, state, since },
  last,
  manual,
  message,
  action,
}: {
  progress: StepProgress;
  last: boolean;
  manual: boolean;
  message: string | undefined;
  action?: ReactNode;
}) {
  const t = useTranslations('progress');
  const here = state === 'current' || state === 'waiting' || state === 'failed';
  return (
    <StepItem
      state={state}
      look={looks[state]}
      here={here}
      last={last}
      title={t(labelOf(step, state, manual))}
      status={
        <>
          {here ? (
            <Badge tone={looks[state].tone}>{t(`state.${state}`)}</Badge>
          ) : (
            <span className="sr-only">{t(`state.${state}`)}</span>
          )}
          {since && state !== 'todo' && (
            <span className="text-small text-faint">
              <Time value={since} />
            </span>
          )}
        </>
      }
    >
      {here && (
        <>
          {/* Why it failed stands above, with what to do about it. */}
          {state !== 'failed' && (
            <p className="text-muted [overflow-wrap:anywhere]">{message ?? t(`meaning.${step}`)}</p>
          )}
          {action && <div className="mt-3">{action}</div>}
        </>
      )}
    </StepItem>
  );
}

/** The step's words: an approval that is over or that nobody has to give is told as such. */
function labelOf(step: InstallationStep, state: StepState, manual: boolean) {
  if (step === 'approval' && !manual) return 'step.automaticApproval';
  if (step === 'approval' && state === 'done') return 'step.approved';
  // The word that ends it is not said before the cluster has said it.
  if (step === 'succeeded' && state !== 'done') return 'step.ready';
  return `step.${step}` as const;
}
