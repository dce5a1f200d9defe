'use client';

import { useQuery } from '@tanstack/react-query';
import { LoaderCircle, Upload } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { UploadDialog } from '@/components/packages/upload-dialog';
import { UploadRow } from '@/components/packages/upload-row';
import { ActionButton } from '@/components/ui/action-button';
import { clustersQuery } from '@/lib/clusters/queries';
import { uploadRights } from '@/lib/packages/upload-contract';
import { useAccess } from '../use-access';
import { useUploads } from './upload/use-uploads';
import { WaitingUploads } from './upload/waiting-uploads';

/** `Upload package`: opens the dialog; what is on its way goes on while the dialog is closed. */
export function UploadButton({ available }: { available: boolean | undefined }) {
  const t = useTranslations('packages.upload');
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState<string[]>();
  const { data: known, isError } = useQuery(clustersQuery());
  const clusters = known?.items;
  const global = clusters?.find((cluster) => cluster.global)?.name;
  const usable = clusters?.filter(({ health }) => health === 'Healthy').map(({ name }) => name) ?? [];
  const { allowed, reasons } = useAccess(global ?? '', global === undefined ? [] : [...uploadRights]);
  const uploads = useUploads((problem, name) => t(`problem.${problem}`, { name }));
  const { items } = uploads;
  // One of the rights is enough: which of them is needed shows when the package has been read.
  const isForbidden = allowed === false && reasons.length === uploadRights.length;
  const noGlobal = isError || (clusters !== undefined && global === undefined);
  const reason = isForbidden ? reasons[0] : noGlobal || available === false ? t('noPlatform') : undefined;
  const targets = chosen ?? (global === undefined ? [] : [global]);
  const running = items.filter(({ stage }) => ['sending', 'reading', 'pushing'].includes(stage.name)).length;
  return (
    <>
      <ActionButton variant="primary" reason={reason} onClick={() => setOpen(true)}>
        <Upload aria-hidden />
        {t('open')}
      </ActionButton>
      {running > 0 && !isOpen && (
        <span role="status" className="inline-flex h-8 items-center gap-1.5 text-small text-muted">
          <LoaderCircle aria-hidden className="size-3.5 animate-spin" />
          {t('running', { count: running })}
        </span>
      )}
      <UploadDialog
        open={isOpen}
        onClose={() => setOpen(false)}
        items={items}
        onFiles={(files) => void uploads.choose(files)}
        clusters={usable}
        chosen={targets}
        onChoose={setChosen}
        onPush={() => void uploads.push(targets.length > 0 ? targets : [global ?? ''])}
        waiting={isOpen && <WaitingUploads shown={items} />}
        rows={items.map((item) => (
          <UploadRow
            key={item.key}
            item={item}
            onPause={() => uploads.pause(item.key)}
            onResume={() => uploads.resume(item.key)}
            onRemove={() => void uploads.remove(item.key)}
            onVerify={(checksum) => void uploads.verify(item.key, checksum)}
            onAccept={(accepted) => uploads.accept(item.key, accepted)}
          />
        ))}
      />
    </>
  );
}
