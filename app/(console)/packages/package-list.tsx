'use client';

import { useQuery } from '@tanstack/react-query';
import { PackageOpen } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useQueryStates } from 'nuqs';
import { addresses } from '@/components/addresses';
import { PackageDetails } from '@/components/packages/package-details';
import { searchPackages, sortPackages } from '@/components/packages/package-order';
import { PackageTable } from '@/components/packages/package-table';
import { useLocalized } from '@/components/plugins/localized';
import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { LoadingRows } from '@/components/ui/loading-rows';
import { PartialNotice } from '@/components/ui/partial-notice';
import type { PackageTab } from '@/lib/packages/list-contract';
import { packagesQuery } from '@/lib/packages/queries';
import { DeleteVersion } from './delete-version';
import { packageParams } from './search-params';

/** The packages of one tab, found and ordered as the address says. */
export function PackageList({ tab }: { tab: PackageTab }) {
  const t = useTranslations('packages');
  const localized = useLocalized();
  const [{ q, sort, package: opened }, setParams] = useQueryStates(packageParams, { history: 'replace' });
  const { data, error, isPending, refetch } = useQuery(packagesQuery(tab));
  if (error && !data) return <ErrorState error={error} retry={() => void refetch()} />;
  if (isPending || !data) {
    return <LoadingRows rows={8} />;
  }
  const rows = sortPackages(searchPackages(data.items, q), sort, (row) => localized(row.displayName));
  const open = data.items.find(({ name }) => name === opened);
  return (
    <>
      {data.partial.length > 0 && <PartialNotice partial={data.partial} />}
      {!data.available ? (
        <EmptyState
          icon={PackageOpen}
          title={t('unavailableTitle')}
          action={<ButtonLink href={addresses.clusters}>{t('openClusters')}</ButtonLink>}
        >
          {t('unavailableText')}
        </EmptyState>
      ) : rows.length === 0 ? (
        <EmptyState
          icon={PackageOpen}
          title={q ? t('noMatchTitle') : t(`emptyTitle.${tab}`)}
          action={
            q ? <Button onClick={() => void setParams({ q: null })}>{t('clearSearch')}</Button> : undefined
          }
        >
          {q ? t('noMatchText') : t('emptyText')}
        </EmptyState>
      ) : (
        <PackageTable tab={tab} packages={rows} onOpen={(name) => void setParams({ package: name })} />
      )}
      {open && (
        <PackageDetails
          row={open}
          onClose={() => void setParams({ package: null })}
          remove={(version, place) => <DeleteVersion row={open} version={version} place={place} />}
        />
      )}
    </>
  );
}
