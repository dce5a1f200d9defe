'use client';

import { CircleCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { ProgressBar } from '@/components/packages/progress-bar';
import type { PushProgress } from '@/components/packages/upload-item';
import { useBytes } from '@/components/packages/use-bytes';

/** How far each image of a package is on its way to the registry, and what was made on the clusters. */
export function PushedImages({ progress: { images, total, objects, retry } }: { progress: PushProgress }) {
  const t = useTranslations('packages.upload');
  const bytes = useBytes();
  const done = images.filter(({ state }) => state !== 'sending').length;
  return (
    <div className="flex flex-col gap-2">
      <p role="status" className="text-small">
        {total === undefined ? t('pushStarts') : t('imagesPushed', { done, total })}
      </p>
      {retry && <p className="text-small text-waiting">{t('retry', { reason: retry })}</p>}
      <ul className="flex flex-col gap-2">
        {images.map(({ image, size, sent, state }) => (
          <li key={image} className="flex flex-col gap-1">
            <p className="flex flex-wrap items-center justify-between gap-2 text-small">
              <span className="name-text min-w-0 [overflow-wrap:anywhere]">{image}</span>
              {state === 'sending' ? (
                <span className="tabular-nums">{t('sentOf', { sent: bytes(sent), size: bytes(size) })}</span>
              ) : (
                <span className="inline-flex items-center gap-1 text-good">
                  <CircleCheck aria-hidden className="size-3.5" />
                  {t(`image.${state}`)}
                </span>
              )}
            </p>
            {state === 'sending' && (
              <ProgressBar label={t('pushing', { name: image })} value={sent} max={size} />
            )}
          </li>
        ))}
        {objects.map(({ cluster, kind, name, state }) => (
          <li key={`${cluster} ${kind} ${name}`} className="flex flex-wrap items-center gap-1 text-small">
            <CircleCheck aria-hidden className="size-3.5 text-good" />
            <span className="name-text [overflow-wrap:anywhere]">
              {kind} {name}
            </span>
            {t(`object.${state}`, { cluster })}
          </li>
        ))}
      </ul>
    </div>
  );
}
