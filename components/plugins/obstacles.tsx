'use client';

import { CircleX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { obstacleWords } from '@/components/plugins/words';
import type { Obstacle } from '@/lib/plugins/contract';

/** Why something can't be done, one sentence per line. */
export function ObstacleList({ obstacles }: { obstacles: readonly Obstacle[] }) {
  const t = useTranslations('plugins');
  return (
    <ul className="flex flex-col gap-1">
      {obstacles.map((obstacle) => (
        <li key={obstacle.code + obstacle.message} className="flex items-start gap-1.5">
          <CircleX aria-hidden className="mt-0.5 size-4 shrink-0 text-failed" />
          <span className="min-w-0 [overflow-wrap:anywhere]">{obstacleWords(t, obstacle)}</span>
        </li>
      ))}
    </ul>
  );
}
