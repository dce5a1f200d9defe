'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Stamp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ApproveDialog } from '@/components/approvals/approve-dialog';
import { ActionButton } from '@/components/ui/action-button';
import { announce } from '@/components/ui/toast';
import type { PlanReference } from '@/lib/operators/contract';
import { approveInstallPlan, installPlansQuery, operatorsQuery } from '@/lib/operators/queries';
import { patchInstallPlans, useNamespaceAccess } from './use-access';

/**
 * The button `Approve` of one InstallPlan and the dialog that confirms it. What is approved is what this page
 * showed: the plan's uid and the names of its ClusterServiceVersions go along.
 */
export function ApprovePlan({
  cluster,
  plan,
  compact,
}: {
  cluster: string;
  plan: PlanReference;
  /** In a row of a table: a missing permission is told on hover and focus, not in a line of its own. */
  compact?: boolean;
}) {
  const t = useTranslations('approvals');
  const client = useQueryClient();
  // The plan as it was when the dialog opened: what changes meanwhile must not be approved unseen.
  const [reviewed, setReviewed] = useState<PlanReference>();
  const { reason, pending } = useNamespaceAccess(cluster, plan.namespace, patchInstallPlans);
  const approval = useMutation({
    mutationFn: ({ namespace, name, uid, clusterServiceVersionNames }: PlanReference) =>
      approveInstallPlan(cluster, { namespace, name }, { uid, clusterServiceVersionNames }),
    onSuccess: (_, { name }) => {
      setReviewed(undefined);
      announce(t('approved', { plan: name }));
    },
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: installPlansQuery(cluster).queryKey }),
        client.invalidateQueries({ queryKey: operatorsQuery(cluster).queryKey }),
      ]),
  });
  // The dialog stays where it is when the plan is superseded meanwhile, and says so.
  if (!plan.approvable && !reviewed) return null;
  return (
    <>
      {plan.approvable && (
        <ActionButton
          variant="primary"
          reason={reason}
          compact={compact}
          disabled={pending}
          onClick={() => {
            approval.reset();
            setReviewed(plan);
          }}
        >
          <Stamp aria-hidden />
          {t('approve')}
        </ActionButton>
      )}
      <ApproveDialog
        cluster={cluster}
        plan={reviewed}
        stale={!plan.approvable && !approval.isPending}
        busy={approval.isPending}
        error={approval.error}
        onClose={() => setReviewed(undefined)}
        onConfirm={(confirmed) => approval.mutate(confirmed)}
      />
    </>
  );
}
