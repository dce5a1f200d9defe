import { FolderLock } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { addresses } from '@/components/addresses';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/empty-state';

/** In place of what waits on clusters none of which the reader may read whole: where they name their namespace. */
export function ClosedClusters({ clusters, detail }: { clusters: readonly string[]; detail: string }) {
  const t = useTranslations('approvals');
  return (
    <EmptyState
      icon={FolderLock}
      title={t('closedTitle')}
      action={clusters.map((cluster) => (
        <ButtonLink key={cluster} href={addresses.clusterApprovals(cluster)}>
          {t('closedOpen', { cluster })}
        </ButtonLink>
      ))}
    >
      <p>{t('closedText')}</p>
      <p className="mt-3 text-small [overflow-wrap:anywhere]">{detail}</p>
    </EmptyState>
  );
}
