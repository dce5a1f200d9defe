import { useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/badge';
import { CardSection } from '@/components/ui/card';
import type { OperatorChannel } from '@/lib/operators/contract';

/** The kinds that an operator brings to the cluster. */
export function ProvidedApis({ apis }: { apis: OperatorChannel['providedApis'] }) {
  const t = useTranslations('operators');
  return (
    <CardSection
      title={t('providedApis')}
      aside={<Badge>{apis.length}</Badge>}
      bodyClassName="p-0 divide-y divide-line-faint"
    >
      {apis.map(({ name, version, kind, displayName, description }) => (
        <div key={`${name}/${version}/${kind}`} className="px-4 py-3">
          <p className="flex flex-wrap items-baseline gap-x-2">
            <span className="font-medium">{displayName || kind}</span>
            <span className="name-text text-faint [overflow-wrap:anywhere]">
              {kind} · {name} · {version}
            </span>
          </p>
          {description && <p className="mt-0.5 text-muted">{description}</p>}
        </div>
      ))}
    </CardSection>
  );
}
