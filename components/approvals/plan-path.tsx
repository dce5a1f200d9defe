import { Circle, CircleCheck, CircleDashed, type LucideIcon, Stamp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { CardSection } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import type { PlanPath } from '@/lib/operators/plan-contract';

type Step = PlanPath['steps'][number];

const looks: Record<Step['stop'] | 'installed', { icon: LucideIcon; ink: string }> = {
  installed: { icon: CircleCheck, ink: 'text-good' },
  next: { icon: Stamp, ink: 'text-waiting' },
  head: { icon: CircleDashed, ink: 'text-muted' },
  possible: { icon: CircleDashed, ink: 'text-faint' },
  skipped: { icon: Circle, ink: 'text-faint' },
};

const MAX_STEPS = 12;

/** From the installed version over this plan's to the newest, as far as the catalogue tells. */
export function PlanPathCard({ path, named }: { path: PlanPath; named: boolean }) {
  const t = useTranslations('approvals.path');
  return (
    <CardSection title={named ? t('titleOf', { name: path.subscription }) : t('title')}>
      <PathStops path={path} next={t('thisPlan')} />
    </CardSection>
  );
}

/** The stops of a path, with what is not known of it; `next` says what the plan that waits is called here. */
export function PathStops({ path, next }: { path: PlanPath; next: string }) {
  const t = useTranslations('approvals.path');
  const { steps, channel } = path;
  const shown = steps.length > MAX_STEPS ? [...steps.slice(0, MAX_STEPS - 1), ...steps.slice(-1)] : steps;
  return (
    <>
      <ol className="flex flex-col gap-2">
        {path.installed && <Stop look="installed" version={path.installed.version} word={t('installed')} />}
        {shown.map((step) => (
          <PathStop key={step.name} step={step} next={next} automatic={path.approval === 'Automatic'} />
        ))}
      </ol>
      {path.state === 'notInChannel' && (
        <p className="mt-3 text-small text-muted">{t('notInChannel', { channel })}</p>
      )}
      {path.state === 'unknown' && <p className="mt-3 text-small text-muted">{t('unknown', { channel })}</p>}
      {path.state === 'open' && <p className="mt-3 text-small text-muted">{t('olmDecides', { channel })}</p>}
    </>
  );
}

function PathStop({ step, next, automatic }: { step: Step; next: string; automatic: boolean }) {
  const t = useTranslations('approvals.path');
  const word = {
    next,
    head: automatic ? t('headAutomatic') : t('head'),
    possible: t('possible'),
    skipped: t('skipped'),
  }[step.stop];
  const notes = [
    word,
    step.deprecation !== undefined && t('deprecated'),
    step.needs.minKubeVersion && t('minKube', { version: step.needs.minKubeVersion }),
  ].filter(Boolean);
  return <Stop look={step.stop} version={step.version || step.name} word={notes.join(' · ')} />;
}

function Stop({ look, version, word }: { look: keyof typeof looks; version: string; word: string }) {
  const { icon: Icon, ink } = looks[look];
  const quiet = look !== 'installed' && look !== 'next';
  return (
    <li aria-current={look === 'next' ? 'step' : undefined} className="flex items-start gap-2.5">
      <Icon aria-hidden className={cn('mt-0.5 size-4 shrink-0', ink)} />
      <span className="min-w-0 [overflow-wrap:anywhere]">
        <span className={cn('name-text mr-2', quiet && 'text-muted', look === 'skipped' && 'line-through')}>
          {version}
        </span>
        <span className={cn('text-small', look === 'next' ? 'text-waiting' : 'text-muted')}>{word}</span>
      </span>
    </li>
  );
}
