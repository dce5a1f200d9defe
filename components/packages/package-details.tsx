'use client';

import { LoaderCircle } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { PhaseBadge } from '@/components/packages/phase-badge';
import { useLocalized } from '@/components/plugins/localized';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { CopyableName } from '@/components/ui/copy-button';
import { Dialog } from '@/components/ui/dialog';
import { KeyValues } from '@/components/ui/key-values';
import { Time } from '@/components/ui/time';
import type { PackageRow, UploadedVersion } from '@/lib/packages/list-contract';

/** One package: what it is, and each of its versions on each cluster. */
export function PackageDetails({
  row,
  onClose,
  remove,
}: {
  row: PackageRow;
  onClose: () => void;
  /** The button that deletes a version in one place. */
  remove: (version: string, place: UploadedVersion) => ReactNode;
}) {
  const t = useTranslations('packages');
  const common = useTranslations('common');
  const localized = useLocalized();
  const facts = [
    { key: t('name'), value: <CopyableName name={row.name} what={t('name')} /> },
    { key: t('library'), value: row.library && <span className="name-text">{row.library}</span> },
    {
      key: t('repository'),
      value: row.repository && <CopyableName name={row.repository} what={t('repository')} />,
    },
    {
      key: t('architectures'),
      value:
        row.architectures.length > 0 &&
        row.architectures.map((architecture) => (
          <Badge key={architecture} className="mr-1">
            {architecture}
          </Badge>
        )),
    },
  ].map(({ key, value }) => ({ key, value: value || undefined }));
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={localized(row.displayName)}
      footer={<Button onClick={onClose}>{common('close')}</Button>}
    >
      <div className="flex flex-col gap-4">
        {localized(row.description) && <p>{localized(row.description)}</p>}
        <KeyValues items={facts} className="grid gap-3 sm:grid-cols-2" />
        <section aria-label={t('versions')}>
          <h3 className="mb-2 font-semibold text-ink">{t('versions')}</h3>
          <ul className="flex flex-col gap-2">
            {row.versions.map(({ version, csv, places }) => (
              <li key={version} className="rounded-control border border-line">
                <p className="flex flex-wrap items-baseline gap-x-2 border-b border-line-faint px-3 py-2">
                  <span className="name-text font-medium text-ink">{version}</span>
                  {csv && csv !== version && (
                    <span className="name-text text-small text-faint [overflow-wrap:anywhere]">{csv}</span>
                  )}
                </p>
                <ul className="divide-y divide-line-faint">
                  {places.map((place) => (
                    <li
                      key={place.cluster}
                      className="flex flex-wrap items-start justify-between gap-x-3 gap-y-1 px-3 py-2"
                    >
                      <div className="flex min-w-0 grow basis-60 flex-col gap-1">
                        <p className="flex flex-wrap items-center gap-2">
                          <Badge tone="outline">{place.cluster}</Badge>
                          <PhaseBadge phase={place.phase} />
                          {place.uploaded && (
                            <span className="text-small">
                              {t('uploaded')} <Time value={place.uploaded} />
                            </span>
                          )}
                        </p>
                        <PlaceNotes row={row} place={place} />
                      </div>
                      {remove(version, place)}
                    </li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </Dialog>
  );
}

function PlaceNotes({ row, place }: { row: PackageRow; place: UploadedVersion }) {
  const t = useTranslations('packages');
  const why = [place.reason, place.message]
    .filter((text, index, all) => text && text !== 'Success' && all.indexOf(text) === index)
    .join(': ');
  return (
    <>
      {why && (
        <p className={place.phase === 'Failed' ? 'text-small text-failed' : 'text-small text-muted'}>
          <span className="[overflow-wrap:anywhere]">{why}</span>
        </p>
      )}
      {place.synchronisingSince && (
        <p className="flex items-start gap-1.5 text-small">
          <LoaderCircle
            aria-hidden
            className="mt-0.5 size-3.5 shrink-0 animate-spin text-accent [animation-duration:2.4s]"
          />
          <span>
            {t('synchronisingSince')} <Time value={place.synchronisingSince} />.{' '}
            {t(`synchronisedFor.${row.type}`, { cluster: place.cluster, library: row.library ?? '' })}
          </span>
        </p>
      )}
      {place.installed.length > 0 && (
        <p className="text-small">
          {t(`installedIn.${row.type === 'plugin' ? 'plugin' : 'operator'}`, {
            places: place.installed.join(', '),
          })}
        </p>
      )}
    </>
  );
}
