'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Operator, Subscription } from '@/lib/operators/contract';
import { aimUpgrade, operatorsQuery } from '@/lib/operators/queries';
import { type UpgradeRun, upgradeRunOf } from '@/lib/operators/rules/plan/upgrade-run';
import { type ApprovalDrive, useApprovalDrive } from './use-approval-drive';

export interface UpgradeDrive extends ApprovalDrive {
  state: UpgradeRun;
  /** Takes the note off the Subscription, so that nobody is offered to go on. */
  forget: () => void;
  forgetting: boolean;
}

/** Upgrades a Subscription hop by hop to where it was asked to end, and stops at the first failure. */
export function useUpgradeRun(
  cluster: string,
  operator: Operator | undefined,
  subscription: Subscription | undefined,
): UpgradeDrive {
  const client = useQueryClient();
  const state = operator && subscription ? upgradeRunOf(operator, subscription) : 'none';
  const ready = state === 'ready' ? subscription?.plan : undefined;
  const drive = useApprovalDrive('upgrade', cluster, subscription, ready);
  const { driving, stop } = drive;
  const { mutate, isPending } = useMutation({
    mutationFn: async () => {
      if (!operator || !subscription) return;
      const { namespace, name } = subscription;
      await aimUpgrade(cluster, operator, { namespace, name, to: null });
    },
    onSettled: () => client.invalidateQueries({ queryKey: operatorsQuery(cluster).queryKey }),
  });
  useEffect(() => {
    if (!driving || !['reached', 'shared', 'beyond', 'gone', 'failed'].includes(state)) return;
    stop();
    if (state === 'reached') mutate();
  }, [driving, state, stop, mutate]);
  return { ...drive, state, forget: () => mutate(), forgetting: isPending };
}
