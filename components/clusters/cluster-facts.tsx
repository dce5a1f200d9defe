import { useTranslations } from 'next-intl';
import { CopyableName } from '@/components/ui/copy-button';
import { KeyValues } from '@/components/ui/key-values';
import { Skeleton } from '@/components/ui/skeleton';
import type { Cluster } from '@/lib/clusters/contract';

/** What is known of a cluster. */
export function ClusterFacts({ cluster }: { cluster: Cluster | undefined }) {
  const t = useTranslations('clusters');
  if (!cluster) {
    return (
      <div aria-busy="true" className="flex flex-col gap-4">
        <Skeleton className="w-1/2" />
        <Skeleton className="w-2/3" />
        <Skeleton className="w-1/3" />
      </div>
    );
  }
  const labels = Object.entries(cluster.labels);
  return (
    <KeyValues
      items={[
        { key: t('name'), value: <CopyableName name={cluster.name} what={t('name')} /> },
        { key: t('platform'), value: <Version value={cluster.platformVersion} /> },
        { key: 'Kubernetes', value: <Version value={cluster.kubernetesVersion} /> },
        {
          key: t('labels'),
          value: labels.length > 0 && (
            <ul className="flex flex-col gap-1">
              {labels.map(([key, value]) => (
                <li key={key} className="name-text text-muted">
                  {value ? `${key}=${value}` : key}
                </li>
              ))}
            </ul>
          ),
        },
      ].filter(({ value }) => value !== false)}
    />
  );
}

function Version({ value }: { value: string | undefined }) {
  return <span className="name-text">{value ?? '–'}</span>;
}
