import { CircleMinus, Hourglass } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import {
  stagesOf,
  type UninstallRun,
  type UninstallState,
  type UninstallStep,
} from '@/components/operators/uninstall/uninstall-stage';
import { Badge } from '@/components/ui/badge';
import { StepItem, type StepLook, stepLooks } from '@/components/ui/step-item';
import type { Uninstallation } from '@/lib/operators/uninstall-contract';

const looks: Record<UninstallState, StepLook> = {
  ...stepLooks,
  kept: { icon: CircleMinus, ink: 'text-muted', tone: 'neutral' },
  waiting: { icon: Hourglass, ink: 'text-waiting', tone: 'waiting' },
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
      {stages.map(({ step, state }, index) => (
        <StepItem
          key={step}
          state={state}
          look={looks[state]}
          here={state === 'current' || state === 'waiting'}
          last={index === stages.length - 1}
          title={t(`step.${step}`)}
          status={<Badge tone={looks[state].tone}>{t(`state.${wordOf(step, state)}`)}</Badge>}
        >
          {details[step]}
        </StepItem>
      ))}
    </ol>
  );
}

/** Leftovers are not held up by anything: they come last, and then the reader chooses. */
function wordOf(step: UninstallStep, state: UninstallState): UninstallState | 'later' | 'look' | 'nothing' {
  if (step === 'leftovers' && state === 'todo') return 'later';
  if (step === 'leftovers' && state === 'waiting') return 'look';
  return step === 'instances' && state === 'done' ? 'nothing' : state;
}
