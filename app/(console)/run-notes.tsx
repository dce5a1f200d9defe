'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Notice } from '@/components/ui/notice';
import { problemOf } from '@/components/ui/problem-of';
import { runQuery } from '@/lib/clusters/features-queries';
import { type Access, useAccess } from './use-access';
import { useUpgradeRun } from './use-upgrade-run';

/** What is to be known before a run is started on a cluster: that another is under way, that it can't be stored. */
export function RunNotes({ cluster }: { cluster: string }) {
  const t = useTranslations('features');
  const { run, isHere } = useUpgradeRun(cluster);
  const { isClosed } = useRunAccess(cluster);
  return (
    <>
      {run && !run.finished && !isHere && (
        <Notice tone="waiting">{t('joins', { user: run.startedBy, cluster })}</Notice>
      )}
      {isClosed && <Notice tone="waiting">{t('willNotStore', { cluster })}</Notice>}
    </>
  );
}

/** What keeps the user from going on with the stored run of a cluster; undefined where nothing does. */
export function useMissingRunRight(cluster: string): string | undefined {
  return useRunAccess(cluster).reason;
}

function useRunAccess(cluster: string): Access & { isClosed: boolean } {
  const stored = useQuery({ ...runQuery(cluster), retry: false });
  const namespace = stored.data?.storage.namespace;
  const resource = { group: '', resource: 'configmaps' };
  const access = useAccess(
    cluster,
    namespace === undefined
      ? []
      : [
          { verb: 'create', ...resource, namespace },
          { verb: 'patch', ...resource, namespace },
        ],
  );
  return { ...access, isClosed: problemOf(stored.error)?.code === 'forbidden' || access.allowed === false };
}
