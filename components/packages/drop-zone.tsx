'use client';

import { Upload } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type DragEvent, useId, useState } from 'react';
import { cn } from '@/components/ui/cn';

const ACCEPTED = '.tgz,.tar.gz,.sig,.sha256';

/** Where files are dropped, or chosen by mouse and keyboard. */
export function DropZone({ onFiles }: { onFiles: (files: File[]) => void }) {
  const t = useTranslations('packages.upload');
  const id = useId();
  const [isOver, setOver] = useState(false);
  const over = (event: DragEvent) => {
    event.preventDefault();
    setOver(true);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a mouse's way; the input in it serves everybody
    <div
      onDragOver={over}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onFiles([...event.dataTransfer.files]);
      }}
      className={cn(
        'relative flex flex-col items-center gap-1 rounded-card border border-dashed px-4 py-7 text-center focus-within:outline-2 focus-within:outline-accent-solid hover:bg-subtle',
        isOver ? 'border-accent-solid bg-accent-tint' : 'border-line-control',
      )}
    >
      <Upload aria-hidden className="mb-1 size-5 text-muted" />
      <label htmlFor={id} className="stretched cursor-pointer font-medium text-ink">
        {t('choose')}
      </label>
      <p id={`${id}-help`} className="text-small">
        {t('chooseHelp')}
      </p>
      <input
        id={id}
        type="file"
        multiple
        accept={ACCEPTED}
        aria-describedby={`${id}-help`}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          // The same file may be chosen again.
          event.target.value = '';
        }}
        className="sr-only"
      />
    </div>
  );
}
