'use client';

import { useQuery } from '@tanstack/react-query';
import { PackageX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { ScopeBar, ScopeChooser } from '@/app/(console)/scope-chooser';
import { useRefusal, useScope } from '@/app/(console)/use-scope';
import { addresses } from '@/components/addresses';
import { OperatorHeader } from '@/components/operators/operator-header';
import { OperatorPageSkeleton } from '@/components/operators/operator-page-skeleton';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/empty-state';
import { PageError } from '@/components/ui/page-error';
import type { OperatorRef } from '@/lib/operators/contract';
import { installNamespacesQuery, operatorQuery } from '@/lib/operators/queries';
import { InstallForm } from './install-form';

/** The install form of one operator. */
export function InstallPage({ cluster, reference }: { cluster: string; reference: OperatorRef }) {
  const t = useTranslations('install');
  const used = useScope(cluster);
  const { data: operator, error, refetch } = useQuery(operatorQuery(cluster, reference, used.scope));
  const refusal = useRefusal(used, { data: operator, error });
  const namespaces = useQuery(installNamespacesQuery(cluster));

  if (refusal) return <ScopeChooser cluster={cluster} used={used} error={refusal} />;
  const failure = (!operator && error) || (!namespaces.data && namespaces.error);
  if (failure) {
    const retry = () => void Promise.all([refetch(), namespaces.refetch()]);
    return <PageError title={t('title', { name: reference.name })} error={failure} retry={retry} />;
  }
  if (!operator || !namespaces.data) return <OperatorPageSkeleton />;
  return (
    <>
      <OperatorHeader
        cluster={cluster}
        operator={operator}
        namespace={used.scope.namespace}
        title={t('title', { name: operator.displayName })}
      />
      <ScopeBar cluster={cluster} used={used} />
      {operator.channels.length > 0 ? (
        <InstallForm
          key={used.scope.namespace}
          cluster={cluster}
          operator={operator}
          namespaces={namespaces.data}
          scope={used.scope}
        />
      ) : (
        <EmptyState
          icon={PackageX}
          title={t('nothingTitle')}
          action={<ButtonLink href={addresses.operator(cluster, reference)}>{t('toOperator')}</ButtonLink>}
        >
          {t('nothingText')}
        </EmptyState>
      )}
    </>
  );
}
