'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import type { UploadItem } from '@/components/packages/upload-item';
import { useBytes } from '@/components/packages/use-bytes';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { removeUpload, waitingUploadsQuery } from '@/lib/packages/queries';

/** What this user began to upload on an earlier visit: the same file chosen again goes on where it stopped. */
export function WaitingUploads({ shown }: { shown: readonly UploadItem[] }) {
  const t = useTranslations('packages.upload');
  const bytes = useBytes();
  const client = useQueryClient();
  const { data = [] } = useQuery({ ...waitingUploadsQuery(), refetchOnMount: 'always' });
  const removal = useMutation({
    mutationFn: removeUpload,
    onSettled: () => client.invalidateQueries({ queryKey: waitingUploadsQuery().queryKey }),
  });
  const names = new Set(shown.map(({ fileName }) => fileName));
  const earlier = data.filter(({ fileName }) => !names.has(fileName));
  if (earlier.length === 0) return null;
  return (
    <Notice tone="info" title={t('earlierTitle')}>
      <p>{t('earlierText')}</p>
      <ul className="mt-1 flex flex-col gap-1">
        {earlier.map(({ id, fileName, size, received }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className="name-text [overflow-wrap:anywhere]">{fileName}</span>
            <span className="text-small tabular-nums">
              {t('sentOf', { sent: bytes(received), size: bytes(size) })}
            </span>
            <Button
              size="small"
              disabled={removal.isPending}
              aria-label={t('remove', { name: fileName })}
              onClick={() => removal.mutate(id)}
            >
              {t('removeShort')}
            </Button>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
