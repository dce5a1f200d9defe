'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { driveFirstApproval, drivesFirstApproval } from '@/app/(console)/first-approvals';
import type { InstallPlan, Subscription } from '@/lib/operators/contract';
import {
  approveInstallPlan,
  installPlanQuery,
  installPlansQuery,
  operatorsQuery,
} from '@/lib/operators/queries';
import { type FirstApproval, firstApprovalOf } from '@/lib/operators/rules/first-approval';

export interface FirstApprovalDrive {
  state: FirstApproval;
  /** Whether this page gives the approval. */
  driving: boolean;
  start: () => void;
  error: Error | null;
}

/**
 * Gives the first approval that was asked for in the install form, pinned to the plan as it was read: only where the
 * page itself started the installation, or the reader has said to continue it.
 */
export function useFirstApproval(
  cluster: string,
  subscription: Subscription | undefined,
): FirstApprovalDrive {
  const client = useQueryClient();
  const place = {
    cluster,
    namespace: subscription?.namespace ?? '',
    name: subscription?.name ?? '',
  };
  const [continued, setContinued] = useState(false);
  const { namespace = '', name = '' } = subscription?.plan ?? {};
  const plan = useQuery({
    ...installPlanQuery(cluster, { namespace, name }),
    enabled: subscription?.approveFirst !== undefined && name !== '',
  }).data;
  const state = subscription ? firstApprovalOf(subscription, plan) : 'none';
  const driving = continued || drivesFirstApproval(place);
  // Each plan is tried once, as it is: a refusal is shown, and another plan is another try.
  const tried = useRef<string>(undefined);
  const { mutate, error } = useMutation({
    mutationFn: (seen: InstallPlan) =>
      approveInstallPlan(cluster, seen, {
        uid: seen.uid,
        clusterServiceVersionNames: seen.clusterServiceVersionNames,
      }),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: installPlansQuery(cluster).queryKey }),
        client.invalidateQueries({ queryKey: operatorsQuery(cluster).queryKey }),
      ]),
  });
  useEffect(() => {
    if (!driving || state !== 'ready' || !plan) return;
    const seen = [plan.uid, ...plan.clusterServiceVersionNames].join('\n');
    if (tried.current === seen) return;
    tried.current = seen;
    mutate(plan);
  }, [driving, state, plan, mutate]);
  return {
    state,
    driving,
    start: () => {
      driveFirstApproval(place);
      setContinued(true);
    },
    error,
  };
}
