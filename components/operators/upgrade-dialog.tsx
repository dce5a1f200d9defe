'use client';

import { LoaderCircle } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Notice } from '@/components/ui/notice';
import { problemOf } from '@/components/ui/problem-of';
import { RadioGroup } from '@/components/ui/radio-group';
import type { UpgradeAim } from '@/lib/operators/rules/plan/upgrade-run';

/** Asks how far an operator is upgraded, hop by hop, and tells that this approves each of OLM's plans on the way. */
export function UpgradeDialog({
  open,
  onClose,
  cluster,
  name,
  namespace,
  aims,
  aim,
  onAim,
  busy,
  error,
  onConfirm,
}: {
  open: boolean;
  onClose: () => void;
  cluster: string;
  /** The operator's display name. */
  name: string;
  namespace: string;
  aims: readonly UpgradeAim[];
  aim: UpgradeAim;
  onAim: (name: string) => void;
  busy: boolean;
  error: Error | null;
  onConfirm: () => void;
}) {
  const t = useTranslations('upgrade');
  const common = useTranslations('common');
  return (
    <Dialog
      open={open}
      onClose={onClose}
      wide
      title={t('title', { name, version: aim.version, cluster })}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button variant="primary" disabled={busy} onClick={onConfirm}>
            {busy && <LoaderCircle aria-hidden className="animate-spin" />}
            {t('button')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <p>{t('text', { namespace })}</p>
        <RadioGroup
          label={t('howFar')}
          value={aim.name}
          onChange={onAim}
          options={aims.map(({ name: value, version, stop, certain, deprecation }) => ({
            value,
            label: t(certain ? 'to' : 'notBeyond', { version }),
            hint: [t(`stop.${stop}`), deprecation && t('deprecated', { words: deprecation })]
              .filter(Boolean)
              .join(' '),
          }))}
        />
        <p className="text-small">{t('olmDecides')}</p>
        {error && (
          <Notice tone="failed" title={t('refused')}>
            {problemOf(error)?.detail ?? common('unknownError')}
          </Notice>
        )}
      </div>
    </Dialog>
  );
}
