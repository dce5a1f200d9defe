'use client';

import { LoaderCircle, Upload } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useId } from 'react';
import { DropZone } from '@/components/packages/drop-zone';
import { isPushable, type UploadItem } from '@/components/packages/upload-item';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Dialog } from '@/components/ui/dialog';

/** Packages are chosen, sent, verified and shown; only then, and only when asked for, they are pushed. */
export function UploadDialog({
  open,
  onClose,
  items,
  onFiles,
  rows,
  waiting,
  clusters,
  chosen,
  onChoose,
  onPush,
}: {
  open: boolean;
  onClose: () => void;
  items: readonly UploadItem[];
  onFiles: (files: File[]) => void;
  rows: ReactNode;
  /** Uploads of earlier visits. */
  waiting: ReactNode;
  clusters: readonly string[];
  chosen: readonly string[];
  onChoose: (clusters: string[]) => void;
  onPush: () => void;
}) {
  const t = useTranslations('packages.upload');
  const common = useTranslations('common');
  const clustersId = useId();
  const isPushing = items.some(({ stage }) => stage.name === 'pushing');
  const ready = items.filter(isPushable);
  const hasOperator = items.some(
    ({ stage }) => (stage.name === 'ready' || stage.name === 'stopped') && stage.summary.type === 'bundle',
  );
  return (
    <Dialog
      open={open}
      wide
      onClose={onClose}
      title={t('title')}
      footer={
        <>
          <Button onClick={onClose}>{common('close')}</Button>
          <Button
            variant="primary"
            disabled={isPushing || ready.length === 0 || (hasOperator && chosen.length === 0)}
            onClick={onPush}
          >
            {isPushing ? <LoaderCircle aria-hidden className="animate-spin" /> : <Upload aria-hidden />}
            {t('push')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <p>{t('text')}</p>
        <DropZone onFiles={onFiles} />
        {waiting}
        {items.length > 0 && (
          <ul aria-label={t('packages')} className="flex flex-col gap-3">
            {rows}
          </ul>
        )}
        {hasOperator && (
          <fieldset aria-describedby={clustersId} className="flex flex-col gap-1.5">
            <legend className="mb-1 font-medium text-ink">{t('clusters')}</legend>
            <div className="flex flex-wrap gap-x-5 gap-y-1">
              {clusters.map((cluster) => (
                <Checkbox
                  key={cluster}
                  label={cluster}
                  checked={chosen.includes(cluster)}
                  onChange={(ticked) =>
                    onChoose(ticked ? [...chosen, cluster] : chosen.filter((name) => name !== cluster))
                  }
                />
              ))}
            </div>
            <p id={clustersId} className="text-small">
              {t('clustersHelp')}
            </p>
          </fieldset>
        )}
      </div>
    </Dialog>
  );
}
