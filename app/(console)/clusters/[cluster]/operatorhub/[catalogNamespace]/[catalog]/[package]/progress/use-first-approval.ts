'use client';

import { useQuery } from '@tanstack/react-query';
import type { Subscription } from '@/lib/operators/contract';
import { installPlanQuery } from '@/lib/operators/queries';
import { type FirstApproval, firstApprovalOf } from '@/lib/operators/rules/first-approval';
import { type ApprovalDrive, useApprovalDrive } from './use-approval-drive';

/** Gives the first approval that was asked for in the install form. */
export function useFirstApproval(
  cluster: string,
  subscription: Subscription | undefined,
): ApprovalDrive & { state: FirstApproval } {
  const { namespace = '', name = '' } = subscription?.plan ?? {};
  const plan = useQuery({
    ...installPlanQuery(cluster, { namespace, name }),
    enabled: subscription?.approveFirst !== undefined && name !== '',
  }).data;
  const state = subscription ? firstApprovalOf(subscription, plan) : 'none';
  const drive = useApprovalDrive('first', cluster, subscription, state === 'ready' ? plan : undefined);
  return { ...drive, state };
}
