import { Stamp } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { addresses } from '@/components/addresses';
import { HealthBadge } from '@/components/clusters/health';
import { otherName } from '@/components/clusters/other-name';
import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { Skeleton } from '@/components/ui/skeleton';
import type { Cluster } from '@/lib/clusters/contract';

/** The clusters as cards: health with its reason, versions, and what waits there. */
export function ClusterCards({
  clusters,
  waiting,
}: {
  clusters: readonly Cluster[] | undefined;
  /** InstallPlans that wait, by cluster; undefined where nobody can tell. */
  waiting: ReadonlyMap<string, number>;
}) {
  return (
    <ul aria-busy={clusters === undefined} className="grid gap-3.5 sm:grid-cols-2 xl:grid-cols-3">
      {clusters
        ? clusters.map((cluster) => (
            <li key={cluster.name} className="min-w-0">
              <ClusterCard cluster={cluster} waiting={waiting.get(cluster.name)} />
            </li>
          ))
        : [0, 1, 2].map((index) => (
            <li key={index}>
              <Card className="flex h-32 flex-col gap-3 p-4">
                <Skeleton className="w-1/3" />
                <Skeleton className="h-3 w-1/2" />
                <Skeleton className="mt-auto w-2/3" />
              </Card>
            </li>
          ))}
    </ul>
  );
}

function ClusterCard({ cluster, waiting }: { cluster: Cluster; waiting: number | undefined }) {
  const t = useTranslations('clusters');
  const { name, health, reason } = cluster;
  return (
    <Card className="relative flex h-full min-h-32 flex-col p-4 transition-colors hover:border-line-control">
      <div className="flex items-start justify-between gap-3">
        <div className="min-w-0">
          <h3 className="truncate text-lead font-semibold tracking-tight">
            <Link href={addresses.cluster(name)} className="stretched rounded-card">
              {name}
            </Link>
          </h3>
          {otherName(cluster) && <p className="truncate text-faint">{otherName(cluster)}</p>}
        </div>
        <HealthBadge health={health} />
      </div>
      {reason && health !== 'Healthy' ? (
        <p className="mt-3 line-clamp-3 text-muted [overflow-wrap:anywhere] first-letter:uppercase">
          {reason}
        </p>
      ) : (
        <ClusterVersions cluster={cluster} />
      )}
      <div className="relative z-1 mt-auto flex flex-wrap items-center gap-2 pt-3 empty:hidden">
        {waiting !== undefined && waiting > 0 && (
          <Link href={addresses.clusterApprovals(name)} className="rounded-chip hover:underline">
            <Badge tone="waiting" icon={Stamp}>
              {t('waiting', { count: waiting })}
            </Badge>
          </Link>
        )}
        {cluster.global && <Badge tone="outline">{t('global')}</Badge>}
        {health === 'Healthy' && (
          <Link
            href={addresses.operatorHub(name)}
            className="ml-auto font-medium text-accent hover:underline"
          >
            {t('openHub')}
            <span className="sr-only"> {name}</span>
          </Link>
        )}
        {health === 'SignInNeeded' && (
          <Link
            href={addresses.loginTo(name, addresses.home)}
            className="ml-auto font-medium text-accent hover:underline"
          >
            {t('signIn')}
            <span className="sr-only"> {name}</span>
          </Link>
        )}
      </div>
    </Card>
  );
}

/** Versions of platform and Kubernetes in one line. */
export function ClusterVersions({ cluster }: { cluster: Cluster }) {
  const t = useTranslations('clusters');
  const { platformVersion, kubernetesVersion } = cluster;
  return (
    <p className="mt-3 text-muted">
      {[
        platformVersion && t('platformVersion', { version: platformVersion }),
        kubernetesVersion && t('kubernetesVersion', { version: kubernetesVersion }),
      ]
        .filter(Boolean)
        .join(' · ')}
    </p>
  );
}
