import { useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/badge';
import { CardSection } from '@/components/ui/card';
import type { OperatorChannel } from '@/lib/operators/contract';

/** The kinds that an operator brings to the cluster, without those that it declares as internal. */
export function ProvidedApis({
  apis: all,
  required,
}: {
  apis: OperatorChannel['providedApis'];
  /** The kind without a first object of which the operator does nothing. */
  required?: string;
}) {
  const t = useTranslations('operators');
  const apis = all.filter(({ internal }) => !internal);
  if (apis.length === 0) return null;
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
            {kind === required && <Badge tone="accent">{t('requiredApi')}</Badge>}
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
