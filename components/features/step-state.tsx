'use client';

import {
  Circle,
  CircleCheck,
  CircleMinus,
  CirclePause,
  CircleX,
  LoaderCircle,
  type LucideIcon,
} from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useBlockSentence } from '@/components/features/block-sentence';
import { Elapsed } from '@/components/features/elapsed';
import { namesOf } from '@/components/features/feature-rows';
import { ProgressBar } from '@/components/features/progress-bar';
import { StuckSentence } from '@/components/operators/stuck-sentence';
import { useFormLanguage, useLocalized } from '@/components/plugins/localized';
import { Badge, type Tone } from '@/components/ui/badge';
import type { ShownStep, StepState } from '@/lib/clusters/features-contract';

const looks: Record<StepState, { icon: LucideIcon; tone: Tone; spinning?: boolean }> = {
  waiting: { icon: Circle, tone: 'neutral' },
  running: { icon: LoaderCircle, tone: 'newer', spinning: true },
  succeeded: { icon: CircleCheck, tone: 'good' },
  failed: { icon: CircleX, tone: 'failed' },
  skipped: { icon: CircleMinus, tone: 'waiting' },
  stopped: { icon: CirclePause, tone: 'neutral' },
};

/** Where a step of a run is: state, progress, what it waits for, why it failed. */
export function StepStateCell({ step, steps }: { step: ShownStep; steps: readonly ShownStep[] }) {
  const t = useTranslations('features');
  const localized = useLocalized();
  const { icon, tone, spinning } = looks[step.state];
  return (
    <div className="flex min-w-44 flex-col items-start gap-1.5">
      <span className="flex flex-wrap items-center gap-2">
        <Badge icon={icon} tone={tone} spinning={spinning}>
          {t(`stepState.${step.state}`)}
        </Badge>
        <Elapsed from={step.startedAt} until={step.state === 'running' ? undefined : step.endedAt} />
      </span>
      {(step.state === 'running' || (step.state === 'waiting' && !step.held)) && (
        <ProgressBar
          value={step.progress}
          label={t('progress', { name: localized(step.displayName) })}
          className="w-40"
        />
      )}
      <StepWords step={step} steps={steps} />
    </div>
  );
}

function StepWords({ step, steps }: { step: ShownStep; steps: readonly ShownStep[] }) {
  const t = useTranslations('features');
  const language = useFormLanguage();
  const sentence = useBlockSentence();
  const names = namesOf(step.waitsFor, steps, language);
  if (step.waitsFor.length > 0) {
    return <p className="text-small text-muted">{t(step.held ? 'heldBy' : 'waitsFor', { names })}</p>;
  }
  if (step.state === 'running' && step.doing) {
    return <p className="line-clamp-2 text-small text-muted [overflow-wrap:anywhere]">{step.doing}</p>;
  }
  if (step.stuck) return <StuckSentence stuck={step.stuck} />;
  if (!step.code) return null;
  return (
    <div className="max-w-130 text-small">
      <p className="text-ink">{step.block ? sentence(step.block) : t(`step.${step.code}`)}</p>
      {step.detail && !step.block && (
        <p className="text-faint [overflow-wrap:anywhere]">{step.detail.slice(0, 500)}</p>
      )}
    </div>
  );
}
