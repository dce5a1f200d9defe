'use client';

import { useTranslations } from 'next-intl';
import { VersionStep } from '@/components/operators/operator-card';
import { useLocalized } from '@/components/plugins/localized';
import { Notice } from '@/components/ui/notice';
import type { Risk } from '@/lib/plugins/contract';

/** Whether a risk has to be accepted before anything happens: a low one is only told. */
export function asksForAcceptance({ level, text }: Risk): boolean {
  return text.en !== '' && level !== 'low';
}

/** What an upgrade risks, with its level; `step` says of which, where nothing else does. */
export function RiskNotice({ risk, step }: { risk: Risk; step?: { from: string; to: string } }) {
  const t = useTranslations('plugins.risk');
  const localized = useLocalized();
  const words = localized(risk.text);
  if (!words && !risk.level && !risk.otherLevel) return null;
  const level = risk.level
    ? t(risk.level)
    : risk.otherLevel
      ? t('other', { level: risk.otherLevel })
      : t('unknown');
  return (
    <Notice
      tone={risk.level === 'high' ? 'failed' : risk.level === 'low' ? 'info' : 'waiting'}
      title={
        step ? (
          <span className="flex flex-wrap gap-x-2">
            {level} <VersionStep {...step} />
          </span>
        ) : (
          level
        )
      }
    >
      {words}
    </Notice>
  );
}
