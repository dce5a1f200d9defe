'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Stamp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { ApproveDialog } from '@/components/approvals/approve-dialog';
import { Button } from '@/components/ui/button';
import { DisabledReason } from '@/components/ui/button-link';
import { Hint } from '@/components/ui/hint';
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
  const reasonId = useId();
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
  const button = (
    <Button
      variant="primary"
      disabled={reason !== undefined || pending}
      aria-describedby={reason ? reasonId : undefined}
      onClick={() => {
        approval.reset();
        setReviewed(plan);
      }}
    >
      <Stamp aria-hidden />
      {t('approve')}
    </Button>
  );
  return (
    <span className="relative inline-flex flex-col items-end gap-1">
      {!plan.approvable ? null : reason && compact ? (
        <Hint text={reason}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a disabled button takes no focus, and its reason has to be found */}
          <span tabIndex={0} className="rounded-control">
            {button}
          </span>
        </Hint>
      ) : (
        button
      )}
      {reason && (
        <span className={compact ? 'sr-only' : undefined}>
          <DisabledReason id={reasonId}>{reason}</DisabledReason>
        </span>
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
    </span>
  );
}
