import { CircleArrowUp } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { addresses } from '@/components/addresses';
import { HealthBadge } from '@/components/clusters/health';
import { otherName } from '@/components/clusters/other-name';
import { Badge } from '@/components/ui/badge';
import { type Column, ResourceTable } from '@/components/ui/resource-table';
import type { Cluster } from '@/lib/clusters/contract';

/** The table of clusters. */
export function ClusterTable({ clusters }: { clusters: readonly Cluster[] }) {
  const t = useTranslations('clusters');
  const frame = useTranslations('frame');
  const columns: Column<Cluster>[] = [
    {
      id: 'name',
      header: t('name'),
      cell: ({ name, displayName, global }) => (
        <span className="flex items-center gap-2">
          <Link href={addresses.cluster(name)} className="font-semibold hover:text-accent hover:underline">
            {name}
          </Link>
          <span className="text-muted empty:hidden">{otherName({ name, displayName })}</span>
          {global && <Badge tone="outline">{t('global')}</Badge>}
        </span>
      ),
    },
    {
      id: 'health',
      header: t('healthHeader'),
      cell: ({ health, reason }) => (
        <div className="flex flex-col items-start gap-1">
          <HealthBadge health={health} />
          {health !== 'Healthy' && reason && (
            <span className="block max-w-120 min-w-60 text-small text-muted [overflow-wrap:anywhere] first-letter:uppercase">
              {reason}
            </span>
          )}
        </div>
      ),
    },
    {
      id: 'upgrades',
      header: t('upgrades'),
      cell: ({ name, upgrades }) => <Upgrades cluster={name} upgrades={upgrades} />,
    },
    {
      id: 'platform',
      header: t('platform'),
      cell: ({ platformVersion }) => <span className="name-text">{platformVersion ?? '–'}</span>,
    },
    {
      id: 'kubernetes',
      header: 'Kubernetes',
      cell: ({ kubernetesVersion }) => <span className="name-text">{kubernetesVersion ?? '–'}</span>,
    },
    {
      id: 'open',
      header: <span className="sr-only">{t('actions')}</span>,
      align: 'end',
      cell: ({ name, health }) =>
        health !== 'Unreachable' && (
          <Link
            href={
              health === 'Healthy' ? addresses.operatorHub(name) : addresses.loginTo(name, addresses.clusters)
            }
            className="inline-flex min-h-6 items-center font-medium whitespace-nowrap text-accent hover:underline"
          >
            {t(health === 'Healthy' ? 'openHub' : 'signIn')}
            <span className="sr-only"> {name}</span>
          </Link>
        ),
    },
  ];
  return (
    <ResourceTable label={frame('clusters')} columns={columns} rows={clusters} rowKey={({ name }) => name} />
  );
}

function Upgrades({ cluster, upgrades }: { cluster: string; upgrades: Cluster['upgrades'] }) {
  const t = useTranslations('clusters');
  if (upgrades?.operators === undefined && upgrades?.plugins === undefined) return '–';
  const count = (upgrades.operators ?? 0) + (upgrades.plugins ?? 0);
  if (count === 0) return <span className="text-muted">{t('noUpgrades')}</span>;
  return (
    <Link href={addresses.clusterTab(cluster, 'features')} className="rounded-chip hover:underline">
      <Badge tone="newer" icon={CircleArrowUp}>
        {t('upgradeCount', { count })}
        <span className="sr-only"> {cluster}</span>
      </Badge>
    </Link>
  );
}
