'use client';

import { CircleX } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import type { Obstacle } from '@/lib/plugins/contract';

/** The sentence for an obstacle; the rules' own words are English. */
export function useObstacleWords(): (obstacle: Obstacle) => string {
  const t = useTranslations('plugins.obstacles');
  const english = useLocale().startsWith('en');
  return ({ code, message, items }) => (english ? message : t(code, { items: items.join('; ') }));
}

/** Why something can't be done, one sentence per line. */
export function ObstacleList({ obstacles }: { obstacles: readonly Obstacle[] }) {
  const wordsOf = useObstacleWords();
  return (
    <ul className="flex flex-col gap-1">
      {obstacles.map((obstacle) => (
        <li key={obstacle.code + obstacle.message} className="flex items-start gap-1.5">
          <CircleX aria-hidden className="mt-0.5 size-4 shrink-0 text-failed" />
          <span className="min-w-0 [overflow-wrap:anywhere]">{wordsOf(obstacle)}</span>
        </li>
      ))}
    </ul>
  );
}
