'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { isDriven, type Purpose, startDriving, stopDriving } from '@/app/(console)/driven-approvals';
import { problemOf } from '@/components/ui/problem-of';
import type { PlanReference, Subscription } from '@/lib/operators/contract';
import { approveInstallPlan, installPlansQuery, operatorsQuery } from '@/lib/operators/queries';

export interface ApprovalDrive {
  /** Whether this page gives the approvals. */
  driving: boolean;
  start: () => void;
  stop: () => void;
  error: Error | null;
}

/**
 * Gives approvals that somebody has asked for beforehand, each pinned to the plan as it was read: only where this page
 * itself was told to, here or on the page before. A refusal ends that, unless the plan was only another one by then:
 * somebody else approved it, or OLM has made a newer one.
 * @param ready the plan that may be approved now
 */
export function useApprovalDrive(
  purpose: Purpose,
  cluster: string,
  subscription: Subscription | undefined,
  ready: PlanReference | undefined,
): ApprovalDrive {
  const client = useQueryClient();
  const { namespace = '', name = '' } = subscription ?? {};
  const [told, setTold] = useState<boolean>();
  const driving = told ?? isDriven(purpose, { cluster, namespace, name });
  // Each plan is tried once, as it is: a refusal is shown, and another plan is another try.
  const tried = useRef<string>(undefined);
  const stop = useCallback(() => {
    stopDriving(purpose, { cluster, namespace, name });
    setTold(false);
  }, [purpose, cluster, namespace, name]);
  const { mutate, error, reset } = useMutation({
    mutationFn: (seen: PlanReference) =>
      approveInstallPlan(cluster, seen, {
        uid: seen.uid,
        clusterServiceVersionNames: seen.clusterServiceVersionNames,
      }),
    onError: (refused) => {
      if (!isConflict(refused)) stop();
    },
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: installPlansQuery(cluster).queryKey }),
        client.invalidateQueries({ queryKey: operatorsQuery(cluster).queryKey }),
      ]),
  });
  useEffect(() => {
    if (!driving || !ready) return;
    const seen = [ready.uid, ...ready.clusterServiceVersionNames].join('\n');
    if (tried.current === seen) return;
    tried.current = seen;
    mutate(ready);
  }, [driving, ready, mutate]);
  return {
    driving,
    start: () => {
      startDriving(purpose, { cluster, namespace, name });
      tried.current = undefined;
      reset();
      setTold(true);
    },
    stop,
    error: isConflict(error) && !ready ? null : error,
  };
}

function isConflict(error: Error | null): boolean {
  return problemOf(error)?.code === 'conflict';
}
