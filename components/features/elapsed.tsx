'use client';

import { useNow, useTranslations } from 'next-intl';

/**
 * How long something took, or, while it has no end, how long it has been going on.
 * @param from RFC 3339; nothing is shown where it is none
 */
export function Elapsed({ from, until }: { from: string | undefined; until: string | undefined }) {
  const begin = Date.parse(from ?? '');
  if (Number.isNaN(begin)) return null;
  return until ? <Duration from={begin} until={Date.parse(until)} /> : <Ticking from={begin} />;
}

function Ticking({ from }: { from: number }) {
  return <Duration from={from} until={useNow({ updateInterval: 1_000 }).getTime()} />;
}

function Duration({ from, until }: { from: number; until: number }) {
  const t = useTranslations('features');
  const seconds = Math.max(0, Math.round((until - from) / 1000));
  const minutes = Math.floor(seconds / 60);
  return (
    <span className="text-small text-faint tabular-nums">
      {minutes > 0 ? t('elapsedMinutes', { minutes, seconds: seconds % 60 }) : t('elapsed', { seconds })}
    </span>
  );
}
