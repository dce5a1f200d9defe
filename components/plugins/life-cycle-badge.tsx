'use client';

import { useTranslations } from 'next-intl';
import { Badge, type Tone } from '@/components/ui/badge';
import { Hint } from '@/components/ui/hint';
import type { LifeCycle } from '@/lib/plugins/contract';

const tones: Record<LifeCycle, Tone> = { Core: 'accent', Aligned: 'good', Agnostic: 'outline' };

/** A plugin's life cycle; what it means is told on hover, and with `focusable` to the keyboard too. */
export function LifeCycleBadge({ lifecycle, focusable }: { lifecycle: LifeCycle; focusable?: boolean }) {
  const t = useTranslations('plugins.lifecycle');
  const badge = <Badge tone={tones[lifecycle]}>{t(`${lifecycle}.label`)}</Badge>;
  return (
    <Hint text={t(`${lifecycle}.meaning`)}>
      {focusable ? (
        <button type="button" className="rounded-chip">
          {badge}
        </button>
      ) : (
        <span className="inline-flex">{badge}</span>
      )}
    </Hint>
  );
}
