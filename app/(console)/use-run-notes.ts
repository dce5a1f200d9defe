'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { problemOf } from '@/components/ui/problem-of';
import { runQuery } from '@/lib/clusters/features-queries';
import { useAccess } from './use-access';
import type { UpgradeRun } from './use-upgrade-run';

/** What is to be known before a run is started on a cluster, and what the user misses to go on with a stored one. */
export function useRunNotes(
  cluster: string,
  { run, isHere }: Pick<UpgradeRun, 'run' | 'isHere'>,
): { notes: string[]; missing: string | undefined } {
  const t = useTranslations('features');
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
  const closed = problemOf(stored.error)?.code === 'forbidden' || access.allowed === false;
  const open = run && !run.finished && !isHere;
  return {
    notes: [
      ...(open ? [t('joins', { user: run.startedBy })] : []),
      ...(closed ? [t('willNotStore', { cluster })] : []),
    ],
    missing: access.reason,
  };
}
