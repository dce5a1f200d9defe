'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useQueryStates } from 'nuqs';
import { packageSorts } from '@/components/packages/package-order';
import { ListToolbar } from '@/components/ui/list-toolbar';
import { PageHeader } from '@/components/ui/page-header';
import { Tabs } from '@/components/ui/tabs';
import { useLiveEvents } from '@/lib/live/use-live-events';
import { packageTabs } from '@/lib/packages/list-contract';
import { packagesQuery } from '@/lib/packages/queries';
import { useGlobalCluster } from '../clusters/[cluster]/plugins/use-plugin-access';
import { PackageList } from './package-list';
import { packageParams } from './search-params';
import { ToolButton } from './tool-button';
import { UploadButton } from './upload-button';

/** What was uploaded to the platform, over all its clusters, and the way to upload more. */
export function Packages() {
  const t = useTranslations('packages');
  const frame = useTranslations('frame');
  const global = useGlobalCluster();
  const [{ tab, q, sort }, setParams] = useQueryStates(packageParams, { history: 'replace' });
  const { data } = useQuery(packagesQuery(tab));
  return (
    <>
      <PageHeader
        title={frame('uploadPackages')}
        actions={
          <>
            <ToolButton />
            <UploadButton available={data?.available} />
          </>
        }
      >
        {t('intro')}
      </PageHeader>
      {global && <GlobalEvents cluster={global} />}
      <Tabs
        value={tab}
        onChange={(next) => void setParams({ tab: next, package: null })}
        label={t('types')}
        items={packageTabs.map((value) => ({
          value,
          label: t(`tab.${value}`),
          content: (
            <div className="flex flex-col gap-3">
              <ListToolbar
                searchLabel={t('search')}
                search={q}
                onSearch={(text) => void setParams({ q: text || null })}
                sortLabel={t('sortBy')}
                sorts={packageSorts.map((order) => ({ value: order, label: t(`sort.${order}`) }))}
                sort={sort}
                onSort={(order) => void setParams({ sort: order })}
              />
              <PackageList tab={value} />
            </div>
          ),
        }))}
      />
    </>
  );
}

/** Uploads are told by the global cluster, whichever cluster the frame is on. */
function GlobalEvents({ cluster }: { cluster: string }) {
  useLiveEvents(cluster);
  return null;
}
