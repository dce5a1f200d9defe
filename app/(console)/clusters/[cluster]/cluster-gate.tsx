'use client';

import { useQuery } from '@tanstack/react-query';
import { CloudOff, KeyRound, LogIn } from 'lucide-react';
import { usePathname, useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { addresses } from '@/components/addresses';
import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeader } from '@/components/ui/page-header';
import { problemOf } from '@/components/ui/problem-of';
import { clustersQuery } from '@/lib/clusters/queries';
import { NoAccess } from '../../no-access';
import { UnknownCluster } from '../unknown-cluster';

/**
 * Stands before every page of one cluster: a cluster that does not exist, does not answer or does not know the
 * user is told once here and not by every part of the page.
 */
export function ClusterGate({ cluster: name, children }: { cluster: string; children: ReactNode }) {
  const t = useTranslations('clusters');
  const common = useTranslations('common');
  const { data, error, refetch, isFetching } = useQuery(clustersQuery());
  const pathname = usePathname();
  const search = useSearchParams().toString();
  const address = search ? `${pathname}?${search}` : pathname;
  const cluster = data?.items.find((candidate) => candidate.name === name);

  if (problemOf(error)?.code === 'forbidden' || data?.items.length === 0) {
    return (
      <>
        <PageHeader title={name} />
        <NoAccess />
      </>
    );
  }
  // Until the clusters are known the page loads as if this one were fine: as a rule it is.
  if (!data) return children;
  if (!cluster) return <UnknownCluster cluster={name} />;
  if (cluster.health === 'Healthy') return children;
  const unreachable = cluster.health === 'Unreachable';
  return (
    <>
      <PageHeader title={name} />
      <EmptyState
        icon={unreachable ? CloudOff : KeyRound}
        title={unreachable ? t('unreachableTitle', { cluster: name }) : t('signInTitle', { cluster: name })}
        action={
          <>
            {unreachable ? (
              <ButtonLink href={addresses.clusters} variant="primary">
                {t('showAll')}
              </ButtonLink>
            ) : (
              <ButtonLink
                href={addresses.loginTo(name, address)}
                variant="primary"
                icon={<LogIn aria-hidden />}
              >
                {t('signIn')}
              </ButtonLink>
            )}
            <Button onClick={() => void refetch()} disabled={isFetching}>
              {common('tryAgain')}
            </Button>
          </>
        }
      >
        {cluster.reason && (
          <p className="mb-1 text-ink [overflow-wrap:anywhere] first-letter:uppercase">{cluster.reason}</p>
        )}
        <p>{unreachable ? t('unreachableText') : t('signInText')}</p>
      </EmptyState>
    </>
  );
}
