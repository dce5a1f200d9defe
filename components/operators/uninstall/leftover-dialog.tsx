'use client';

import { LoaderCircle } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Notice } from '@/components/ui/notice';
import { problemOf } from '@/components/ui/problem-of';
import { TypedConfirmation } from '@/components/ui/typed-confirmation';
import type { Leftover } from '@/lib/operators/uninstall-contract';

/** Names once more what is deleted, and how many instances go with it. */
export function LeftoverDialog({
  cluster,
  displayName,
  leftovers,
  typedName,
  busy,
  error,
  onClose,
  onConfirm,
}: {
  cluster: string;
  displayName: string;
  /** What was ticked; undefined while the dialog is closed. */
  leftovers: readonly Leftover[] | undefined;
  typedName: string | undefined;
  busy: boolean;
  error: Error | null;
  onClose: () => void;
  onConfirm: (leftovers: readonly Leftover[]) => void;
}) {
  const t = useTranslations('uninstall');
  const common = useTranslations('common');
  const [typed, setTyped] = useState('');
  const chosen = leftovers ?? [];
  const instances = chosen.reduce((sum, leftover) => sum + (leftover.instances ?? 0), 0);
  const confirmed = typedName === undefined || [typedName, displayName].includes(typed.trim());
  return (
    <Dialog
      open={leftovers !== undefined}
      onClose={onClose}
      title={t('leftoverTitle', { count: chosen.length, name: displayName, cluster })}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button variant="primary" disabled={busy || !confirmed} onClick={() => onConfirm(chosen)}>
            {busy && <LoaderCircle aria-hidden className="animate-spin" />}
            {t('deleteSelected')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 pt-1">
        <ul className="flex max-h-56 flex-col gap-1 overflow-auto rounded-control border border-line-faint bg-subtle px-3 py-2 text-ink">
          {chosen.map(({ uid, kind, name }) => (
            <li key={uid} className="flex flex-wrap gap-x-2">
              <span className="text-muted">{kind}</span>
              <span className="name-text [overflow-wrap:anywhere]">{name}</span>
            </li>
          ))}
        </ul>
        {instances > 0 && (
          <Notice tone="failed" title={t('takesInstances', { count: instances })}>
            {t('takesInstancesText')}
          </Notice>
        )}
        {typedName !== undefined && (
          <TypedConfirmation label={t('typeName', { name: typedName })} value={typed} onChange={setTyped} />
        )}
        {error && (
          <Notice tone="failed" title={t('leftoversRefused')}>
            {problemOf(error)?.detail ?? common('unknownError')}
          </Notice>
        )}
      </div>
    </Dialog>
  );
}
