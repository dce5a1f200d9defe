import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { addresses } from '@/components/addresses';
import { StatusBadge } from '@/components/operators/status-badge';
import { CardSection } from '@/components/ui/card';
import type { Operator } from '@/lib/operators/contract';

/** The namespaces in which the operator is subscribed, with what runs there. */
export function InstalledPlaces({ cluster, operator }: { cluster: string; operator: Operator }) {
  const t = useTranslations('operators');
  return (
    <CardSection title={t('installedIn')} bodyClassName="divide-y divide-line-faint p-0">
      {operator.subscriptions.map(({ uid, namespace, name, status, installedVersion }) => (
        <div key={uid} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5">
          <Link
            href={addresses.progress(cluster, operator, { namespace, name })}
            className="name-text font-medium [overflow-wrap:anywhere] hover:text-accent hover:underline"
          >
            {namespace}
          </Link>
          <span className="name-text text-muted">{installedVersion}</span>
          <span className="ml-auto">
            <StatusBadge status={status} />
          </span>
        </div>
      ))}
    </CardSection>
  );
}
