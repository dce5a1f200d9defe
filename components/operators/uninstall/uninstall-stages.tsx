import {
  Circle,
  CircleCheck,
  CircleMinus,
  CircleX,
  Hourglass,
  LoaderCircle,
  type LucideIcon,
} from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import {
  stagesOf,
  type UninstallRun,
  type UninstallState,
  type UninstallStep,
} from '@/components/operators/uninstall/uninstall-stage';
import { Badge, type Tone } from '@/components/ui/badge';
import { cn } from '@/components/ui/cn';
import type { Uninstallation } from '@/lib/operators/uninstall-contract';

const looks: Record<UninstallState, { icon: LucideIcon; ink: string; tone: Tone }> = {
  done: { icon: CircleCheck, ink: 'text-good', tone: 'good' },
  kept: { icon: CircleMinus, ink: 'text-muted', tone: 'neutral' },
  current: { icon: LoaderCircle, ink: 'text-accent', tone: 'accent' },
  waiting: { icon: Hourglass, ink: 'text-waiting', tone: 'waiting' },
  failed: { icon: CircleX, ink: 'text-failed', tone: 'failed' },
  todo: { icon: Circle, ink: 'text-faint', tone: 'neutral' },
};

/** The steps of an uninstallation, one under the other; `details` stands below its step. */
export function UninstallStages({
  review,
  run,
  details,
}: {
  review: Uninstallation;
  run: UninstallRun | undefined;
  details: Partial<Record<UninstallStep, ReactNode>>;
}) {
  const t = useTranslations('uninstall');
  const stages = stagesOf(review, run);
  return (
    <ol aria-label={t('steps')} className="flex flex-col">
      {stages.map(({ step, state }, index) => {
        const { icon: Icon, ink, tone } = looks[state];
        return (
          <li
            key={step}
            aria-current={state === 'current' || state === 'waiting' ? 'step' : undefined}
            className="relative flex gap-3 pb-5 last:pb-0"
          >
            {index < stages.length - 1 && (
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
                  {t(`step.${step}`)}
                </span>
                <Badge tone={tone}>{t(`state.${wordOf(step, state)}`)}</Badge>
              </p>
              {details[step]}
            </div>
          </li>
        );
      })}
    </ol>
  );
}

/** Leftovers are not held up by anything: they come last, and then the reader chooses. */
function wordOf(step: UninstallStep, state: UninstallState): UninstallState | 'later' | 'look' | 'nothing' {
  if (step === 'leftovers' && state === 'todo') return 'later';
  if (step === 'leftovers' && state === 'waiting') return 'look';
  return step === 'instances' && state === 'done' ? 'nothing' : state;
}
