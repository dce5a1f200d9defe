'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import type { AccessQuestion } from '@/lib/clusters/contract';
import { accessQuery } from '@/lib/clusters/queries';

export interface Access {
  /** Undefined until the cluster has answered, and when the review itself failed. */
  allowed: boolean | undefined;
  pending: boolean;
  /** Names the missing permission once the cluster has denied it. */
  reason: string | undefined;
  /** Every one of them. */
  reasons: string[];
}

/**
 * Whether the user may do all that the questions ask. When the review itself fails the action stays offered: the
 * cluster judges again when it is sent.
 */
export function useAccess(cluster: string, questions: AccessQuestion[]): Access {
  const t = useTranslations('access');
  const { data, isLoading } = useQuery({ ...accessQuery(cluster, questions), enabled: questions.length > 0 });
  const reasons = (data ?? [])
    .filter(({ allowed }) => !allowed)
    .map(({ verb, group, resource: plural, namespace }) => {
      const resource = group ? `${plural}.${group}` : plural;
      return namespace
        ? t('missingIn', { verb, resource, namespace, cluster })
        : t('missing', { verb, resource, cluster });
    });
  const [reason] = reasons;
  if (reason === undefined) return { allowed: data && true, pending: isLoading, reason, reasons };
  return { allowed: false, pending: false, reason, reasons };
}

/**
 * The same for an action in one namespace. The whole cluster is asked first: for most users that one answer serves
 * every row of a table.
 */
export function useNamespaceAccess(cluster: string, namespace: string, question: AccessQuestion): Access {
  const everywhere = useAccess(cluster, [question]);
  const there = useAccess(cluster, everywhere.allowed === false ? [{ ...question, namespace }] : []);
  return everywhere.allowed === false ? there : everywhere;
}

/** What installing an operator asks of the cluster, in one namespace or anywhere. */
export function createSubscriptions(namespace?: string): AccessQuestion {
  return {
    verb: 'create',
    group: 'operators.coreos.com',
    resource: 'subscriptions',
    ...(namespace ? { namespace } : {}),
  };
}

/** What approving an InstallPlan asks of the cluster. */
export const patchInstallPlans: AccessQuestion = {
  verb: 'patch',
  group: 'operators.coreos.com',
  resource: 'installplans',
};
