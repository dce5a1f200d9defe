import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { OperatorIcon } from '@/components/operators/operator-icon';
import { SourceBadge } from '@/components/operators/source-badge';
import { StatusBadge } from '@/components/operators/status-badge';
import { CopyableName } from '@/components/ui/copy-button';
import { PageHeader } from '@/components/ui/page-header';
import type { Operator } from '@/lib/operators/contract';

/** Name, icon, status and source of an operator, and what can be done with it. */
export function OperatorHeader({
  cluster,
  operator,
  title,
  namespace,
  actions,
}: {
  cluster: string;
  operator: Operator;
  /** Other words for the heading, as on the install page. */
  title?: string;
  /** The one namespace that is shown, for users who may not read the whole cluster. */
  namespace?: string;
  actions?: ReactNode;
}) {
  const t = useTranslations('operators');
  return (
    <PageHeader
      title={title ?? operator.displayName}
      media={
        <OperatorIcon
          key={operator.name}
          cluster={cluster}
          operator={operator}
          displayName={operator.displayName}
          namespace={namespace}
          missing={operator.status === 'Absent'}
          large
        />
      }
      actions={actions}
    >
      <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <StatusBadge status={operator.status} />
        <SourceBadge source={operator.source} focusable />
        <CopyableName name={operator.name} what={t('packageName')} />
      </div>
    </PageHeader>
  );
}
