import { useTranslations } from 'next-intl';
import { CardSection } from '@/components/ui/card';
import type { ApprovalStrategy } from '@/lib/operators/contract';
import type { ManifestObject } from '@/lib/operators/rules/objects';

/** What the installation will create, in order, and what comes after. */
export function PlannedObjects({
  cluster,
  manifests,
  approval,
  approveFirst,
}: {
  cluster: string;
  manifests: readonly ManifestObject[];
  approval: ApprovalStrategy;
  approveFirst: boolean;
}) {
  const t = useTranslations('install');
  return (
    <CardSection title={t('willCreate', { cluster })} bodyClassName="flex flex-col gap-4 p-4">
      <ol className="flex flex-col gap-3">
        {manifests.map(({ kind, metadata }, index) => (
          <li key={kind} className="flex gap-3">
            <span
              aria-hidden
              className="grid size-5 shrink-0 place-items-center rounded-full bg-subtle text-group font-semibold text-muted"
            >
              {index + 1}
            </span>
            <div className="min-w-0">
              <p className="font-medium">{kind}</p>
              <p className="name-text text-muted [overflow-wrap:anywhere]">
                {metadata.namespace ? `${metadata.namespace} / ` : ''}
                {metadata.name ?? `${metadata.generateName}…`}
              </p>
              {kind === 'Namespace' &&
                Object.entries({ ...metadata.labels, ...metadata.annotations }).map(([key, value]) => (
                  <p key={key} className="name-text text-small text-faint [overflow-wrap:anywhere]">
                    {key}: {value}
                  </p>
                ))}
            </div>
          </li>
        ))}
      </ol>
      <p className="border-t border-line-faint pt-3 text-small text-muted">
        {approval === 'Automatic' ? t('afterAutomatic') : approveFirst ? t('afterFirst') : t('afterManual')}
      </p>
    </CardSection>
  );
}
