import { Circle, CircleCheck, CircleX, LoaderCircle, type LucideIcon, Stamp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import {
  type InstallationStep,
  type StepProgress,
  type StepState,
  stepsOf,
} from '@/components/operators/installation-steps';
import { useReason } from '@/components/operators/use-reason';
import { Badge, type Tone } from '@/components/ui/badge';
import { cn } from '@/components/ui/cn';
import { Time } from '@/components/ui/time';
import type { Subscription } from '@/lib/operators/contract';

const looks: Record<StepState, { icon: LucideIcon; ink: string; tone: Tone }> = {
  done: { icon: CircleCheck, ink: 'text-good', tone: 'good' },
  current: { icon: LoaderCircle, ink: 'text-accent', tone: 'accent' },
  waiting: { icon: Stamp, ink: 'text-waiting', tone: 'waiting' },
  failed: { icon: CircleX, ink: 'text-failed', tone: 'failed' },
  todo: { icon: Circle, ink: 'text-faint', tone: 'neutral' },
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
  const { icon: Icon, ink, tone } = looks[state];
  const here = state === 'current' || state === 'waiting' || state === 'failed';
  return (
    <li aria-current={here ? 'step' : undefined} className="relative flex gap-3 pb-5 last:pb-0">
      {!last && (
        <span
          aria-hidden
          className={cn(
            'absolute top-6 bottom-1 left-[9.5px] w-px',
            state === 'done' ? 'bg-good' : 'bg-line',
          )}
        />
      )}
      <Icon aria-hidden className={cn('size-5 shrink-0', ink, state === 'current' && 'animate-spin')} />
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className={cn('font-medium', state === 'todo' && 'text-muted')}>
            {t(labelOf(step, state, manual))}
          </span>
          {here ? (
            <Badge tone={tone}>{t(`state.${state}`)}</Badge>
          ) : (
            <span className="sr-only">{t(`state.${state}`)}</span>
          )}
          {since && state !== 'todo' && (
            <span className="text-small text-faint">
              <Time value={since} />
            </span>
          )}
        </p>
        {here && (
          <>
            <p className="text-muted [overflow-wrap:anywhere]">{message ?? t(`meaning.${step}`)}</p>
            {action && <div className="mt-3">{action}</div>}
          </>
        )}
      </div>
    </li>
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
