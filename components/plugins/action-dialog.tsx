'use client';

import { LoaderCircle } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useProblemWords } from '@/components/plugins/words';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { ErrorState } from '@/components/ui/error-state';
import { Notice } from '@/components/ui/notice';
import { SkeletonRows } from '@/components/ui/skeleton';

/** Confirms a change to a plugin: what it means while it loads, when it can't be read, and what came back. */
export function ActionDialog({
  title,
  action,
  ready,
  busy = false,
  wide,
  reading,
  failure,
  onConfirm,
  onClose,
  children,
}: {
  title: string;
  /** The word on the confirming button: that of the button which opened the dialog. */
  action: string;
  /** Whether it can be confirmed now. */
  ready: boolean;
  busy?: boolean;
  wide?: boolean;
  /** What the dialog is about is not there yet, or could not be read. */
  reading?: { error: unknown; retry: () => void };
  /** Why it was refused. */
  failure?: { title: string; error: unknown };
  onConfirm: () => void;
  onClose: () => void;
  children?: ReactNode;
}) {
  const common = useTranslations('common');
  const problemWords = useProblemWords();
  return (
    <Dialog
      open
      wide={wide}
      onClose={onClose}
      title={title}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button variant="primary" disabled={!ready || busy || reading !== undefined} onClick={onConfirm}>
            {busy && <LoaderCircle aria-hidden className="animate-spin" />}
            {action}
          </Button>
        </>
      }
    >
      {reading?.error ? (
        <ErrorState error={reading.error} retry={reading.retry} />
      ) : reading ? (
        <div aria-busy="true">
          <SkeletonRows rows={4} />
        </div>
      ) : (
        <div className="flex flex-col gap-4 text-ink">
          {children}
          {failure?.error ? (
            <Notice tone="failed" title={failure.title}>
              {problemWords(failure.error)}
            </Notice>
          ) : null}
        </div>
      )}
    </Dialog>
  );
}
