'use client';

import { RotateCw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useLocalized } from '@/components/plugins/localized';
import { Button } from '@/components/ui/button';
import type { ShownStep } from '@/lib/clusters/features-contract';

/** Tries a step again that has failed or was stopped; nothing for any other. */
export function RetryButton({
  step,
  onRetry,
}: {
  step: ShownStep | undefined;
  /** Undefined while nothing can be tried. */
  onRetry: ((key: string) => void) | undefined;
}) {
  const t = useTranslations('features');
  const localized = useLocalized();
  if (!onRetry || (step?.state !== 'failed' && step?.state !== 'stopped')) return null;
  return (
    <Button
      size="small"
      aria-label={t('retryNamed', { name: localized(step.displayName) })}
      onClick={() => onRetry(step.key)}
    >
      <RotateCw aria-hidden />
      {t('retry')}
    </Button>
  );
}
