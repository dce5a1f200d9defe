'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { DeleteVersionDialog } from '@/components/packages/delete-version-dialog';
import { useLocalized } from '@/components/plugins/localized';
import { ActionButton } from '@/components/ui/action-button';
import { problemOf } from '@/components/ui/problem-of';
import { announce } from '@/components/ui/toast';
import type {
  DeleteVersion as DeleteRequest,
  PackageRow,
  UploadedVersion,
} from '@/lib/packages/list-contract';
import { deletePackageVersion } from '@/lib/packages/queries';
import { useGlobalCluster } from '../clusters/[cluster]/plugins/use-plugin-access';
import { useAccess } from '../use-access';

/** `Delete` of one uploaded version in one place, and the dialog that tells what it leads to. */
export function DeleteVersion({
  row,
  version,
  place,
}: {
  row: PackageRow;
  version: string;
  place: UploadedVersion;
}) {
  const t = useTranslations('packages');
  const common = useTranslations('common');
  const client = useQueryClient();
  const name = useLocalized()(row.displayName);
  const global = useGlobalCluster();
  const [isOpen, setOpen] = useState(false);
  const { cluster, object } = place;
  const request: DeleteRequest =
    row.type === 'chart' ? { type: row.type, cluster, object, version } : { type: row.type, cluster, object };
  const isEntry = row.type === 'chart' && row.versions.length > 1;
  const { reason } = useAccess(cluster, [{ ...deleting[row.type], verb: isEntry ? 'patch' : 'delete' }]);
  const removal = useMutation({
    mutationFn: () => deletePackageVersion(request),
    onSuccess: () => {
      announce(t('deleted', { name, version, cluster }));
      setOpen(false);
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['packages'] }),
  });
  const kept = place.kept && t(`kept.${place.kept}`);
  if (place.phase === 'Deleting') return null;
  return (
    <>
      <ActionButton size="small" variant="ghost" reason={kept ?? reason} onClick={() => setOpen(true)}>
        <Trash2 aria-hidden />
        {t('delete')}
      </ActionButton>
      {isOpen && (
        <DeleteVersionDialog
          row={row}
          version={version}
          place={place}
          request={request}
          isGlobal={cluster === global}
          pending={removal.isPending}
          failure={removal.error ? (problemOf(removal.error)?.detail ?? common('unknownError')) : undefined}
          onDelete={() => removal.mutate()}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}

const deleting = {
  operator: { group: 'app.alauda.io', resource: 'artifactversions', namespace: 'cpaas-system' },
  plugin: { group: 'cluster.alauda.io', resource: 'moduleconfigs' },
  chart: { group: 'app.alauda.io', resource: 'charts', namespace: 'cpaas-system' },
};
