'use client';

import { LoaderCircle } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useLocalized } from '@/components/plugins/localized';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { CodeBlock } from '@/components/ui/code-block';
import { Dialog } from '@/components/ui/dialog';
import { Notice } from '@/components/ui/notice';
import { TypedConfirmation } from '@/components/ui/typed-confirmation';
import type { DeleteVersion, PackageRow, UploadedVersion } from '@/lib/packages/list-contract';
import { deleteVersionCommand } from '@/lib/packages/rules/commands';

/** Confirms that an uploaded version is deleted: what is offered no more, and what stays. */
export function DeleteVersionDialog({
  row,
  version,
  place,
  request,
  isGlobal,
  pending,
  failure,
  onDelete,
  onClose,
}: {
  row: PackageRow;
  version: string;
  place: UploadedVersion;
  /** What the console will do. */
  request: DeleteVersion;
  /** On the global cluster the name has to be typed. */
  isGlobal: boolean;
  pending: boolean;
  failure: string | undefined;
  onDelete: () => void;
  onClose: () => void;
}) {
  const t = useTranslations('packages');
  const plugins = useTranslations('plugins');
  const common = useTranslations('common');
  const [typed, setTyped] = useState('');
  const [accepted, setAccepted] = useState(false);
  const name = useLocalized()(row.displayName);
  const { cluster, installed } = place;
  const { type } = row;
  const isOnly =
    row.versions.filter(({ places }) => places.some((it) => it.cluster === cluster)).length === 1;
  const isReady = (!isGlobal || typed === row.name) && (installed.length === 0 || accepted);
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('deleteTitle', { name, version, cluster })}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button variant="primary" disabled={!isReady || pending} onClick={onDelete}>
            {pending && <LoaderCircle aria-hidden className="animate-spin" />}
            {t('delete')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <ul className="flex list-disc flex-col gap-1 pl-5">
          <li>{t(`consequence.${type}`, { version, cluster })}</li>
          {isOnly && <li>{t(`consequence.only.${type}`, { cluster })}</li>}
          <li>{t(type === 'chart' ? 'consequence.chartImages' : 'consequence.images')}</li>
          <li>{t('consequence.again')}</li>
        </ul>
        {installed.length > 0 && (
          <>
            <Notice tone="waiting" title={t('stillInstalled')}>
              {t(`consequence.installed.${type === 'plugin' ? 'plugin' : 'operator'}`, {
                places: installed.join(', '),
              })}
            </Notice>
            <Checkbox wrap checked={accepted} onChange={setAccepted} label={t('acceptInstalled')} />
          </>
        )}
        {isGlobal && (
          <TypedConfirmation
            label={plugins('typeName', { name: row.name })}
            help={plugins('typeNameHelp')}
            value={typed}
            onChange={setTyped}
          />
        )}
        <CodeBlock label={t('deleteCommand')} text={deleteVersionCommand(request, isOnly)} />
        {failure && (
          <Notice tone="failed" title={t('notDeleted')}>
            {failure}
          </Notice>
        )}
      </div>
    </Dialog>
  );
}
