'use client';

import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { clustersOf, placesOf, uploadedAt } from '@/components/packages/package-order';
import { PhaseBadge } from '@/components/packages/phase-badge';
import { useLocalized } from '@/components/plugins/localized';
import { Badge } from '@/components/ui/badge';
import { type Column, ResourceTable } from '@/components/ui/resource-table';
import { Time } from '@/components/ui/time';
import type { PackageRow, PackageTab } from '@/lib/packages/list-contract';

/** What was uploaded of one type, one row per package; its name opens the details. */
export function PackageTable({
  tab,
  packages,
  onOpen,
}: {
  tab: PackageTab;
  packages: readonly PackageRow[];
  onOpen: (name: string) => void;
}) {
  const t = useTranslations('packages');
  const localized = useLocalized();
  const columns: Column<PackageRow>[] = [
    {
      id: 'name',
      header: t('name'),
      cell: (row) => (
        <div className="min-w-0 max-sm:w-46">
          <button
            type="button"
            onClick={() => onOpen(row.name)}
            className="text-left font-semibold hover:text-accent hover:underline"
          >
            {localized(row.displayName)}
          </button>
          <p className="name-text text-faint [overflow-wrap:anywhere]">{row.name}</p>
        </div>
      ),
    },
    { id: 'versions', header: t('versions'), cell: (row) => <Versions row={row} /> },
    { id: 'phase', header: t('phaseHeader'), cell: (row) => <Phase row={row} /> },
    ...(tab === 'chart'
      ? []
      : [
          {
            id: 'architectures',
            header: t('architectures'),
            cell: ({ architectures }: PackageRow) => <Words words={architectures} />,
          },
        ]),
    { id: 'clusters', header: t('clusters'), cell: (row) => <Words words={clustersOf(row)} /> },
    {
      id: 'uploaded',
      header: t('uploaded'),
      cell: (row) => {
        const at = uploadedAt(row);
        return at ? (
          <span className="whitespace-nowrap">
            <Time value={at} />
          </span>
        ) : (
          <Nothing />
        );
      },
    },
    {
      id: 'open',
      header: <span className="sr-only">{t('details')}</span>,
      align: 'end',
      cell: (row) => (
        <button
          type="button"
          onClick={() => onOpen(row.name)}
          aria-label={t('detailsOf', { name: localized(row.displayName) })}
          className="grid size-7 place-items-center rounded-control text-muted hover:bg-subtle hover:text-ink"
        >
          <ChevronRight aria-hidden className="size-4" />
        </button>
      ),
    },
  ];
  return (
    <ResourceTable label={t(`table.${tab}`)} columns={columns} rows={packages} rowKey={({ name }) => name} />
  );
}

const SHOWN_VERSIONS = 2;

function Versions({ row: { versions } }: { row: PackageRow }) {
  const t = useTranslations('packages');
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
      {versions.slice(0, SHOWN_VERSIONS).map(({ version }) => (
        <span key={version} className="name-text whitespace-nowrap">
          {version}
        </span>
      ))}
      {versions.length > SHOWN_VERSIONS && (
        <Badge>{t('moreVersions', { count: versions.length - SHOWN_VERSIONS })}</Badge>
      )}
    </span>
  );
}

function Phase({ row }: { row: PackageRow }) {
  const t = useTranslations('packages');
  const [place] = placesOf(row);
  if (!place) return <Nothing />;
  return (
    <div className="flex flex-col items-start gap-0.5">
      <PhaseBadge phase={place.phase} />
      {place.synchronisingSince ? (
        <span className="text-small whitespace-nowrap text-muted">
          {t('synchronisingSince')} <Time value={place.synchronisingSince} />
        </span>
      ) : (
        place.phase !== 'Present' &&
        place.reason && <span className="text-small text-muted">{place.reason}</span>
      )}
    </div>
  );
}

function Words({ words }: { words: readonly string[] }) {
  if (words.length === 0) return <Nothing />;
  return (
    <span className="flex flex-wrap gap-1">
      {words.map((word) => (
        <Badge key={word}>{word}</Badge>
      ))}
    </span>
  );
}

function Nothing() {
  return <span className="text-faint">–</span>;
}
