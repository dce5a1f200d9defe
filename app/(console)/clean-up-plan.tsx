'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { LoaderCircle, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { DisabledReason } from '@/components/ui/button-link';
import { Dialog } from '@/components/ui/dialog';
import { Notice } from '@/components/ui/notice';
import { problemOf } from '@/components/ui/problem-of';
import { announce } from '@/components/ui/toast';
import { TypedConfirmation } from '@/components/ui/typed-confirmation';
import { clustersQuery } from '@/lib/clusters/queries';
import type { ListedPlan } from '@/lib/operators/plan-contract';
import { cleanUpInstallPlan, installPlansQuery, operatorsQuery } from '@/lib/operators/queries';
import { deleteInstallPlans, useNamespaceAccess } from './use-access';

/** The button that deletes a plan which nobody will execute any more, and the dialog that confirms it. */
export function CleanUpPlan({
  cluster,
  plan,
  label,
}: {
  cluster: string;
  plan: ListedPlan;
  /** The button's words where it does not stand in a row of the plan. */
  label?: string;
}) {
  const t = useTranslations('approvals');
  const common = useTranslations('common');
  const reasonId = useId();
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const { reason, pending } = useNamespaceAccess(cluster, plan.namespace, deleteInstallPlans);
  const { data: clusters } = useQuery(clustersQuery());
  // On the global cluster the name is typed before anything is deleted.
  const typing = clusters?.items.find(({ name }) => name === cluster)?.global === true;
  const removal = useMutation({
    mutationFn: () => cleanUpInstallPlan(cluster, plan),
    onSuccess: () => {
      setOpen(false);
      announce(t('cleanedUp', { plan: plan.name }));
    },
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: installPlansQuery(cluster).queryKey }),
        client.invalidateQueries({ queryKey: operatorsQuery(cluster).queryKey }),
      ]),
  });
  const close = () => setOpen(false);
  return (
    <span className="inline-flex flex-col items-end gap-1">
      <Button
        disabled={reason !== undefined || pending}
        aria-describedby={reason ? reasonId : undefined}
        onClick={() => {
          removal.reset();
          setTyped('');
          setOpen(true);
        }}
      >
        <Trash2 aria-hidden />
        {label ?? t('cleanUp')}
      </Button>
      {reason && <DisabledReason id={reasonId}>{reason}</DisabledReason>}
      <Dialog
        open={open}
        onClose={close}
        title={t('cleanUpTitle', { plan: plan.name, cluster })}
        footer={
          <>
            <Button onClick={close}>{common('cancel')}</Button>
            <Button
              variant="primary"
              disabled={removal.isPending || (typing && typed !== plan.name)}
              onClick={() => removal.mutate()}
            >
              {removal.isPending && <LoaderCircle aria-hidden className="animate-spin" />}
              {t('cleanUp')}
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-3 text-left">
          {plan.state.id !== 'waiting' && (
            <p>{t(`stateText.${plan.state.id}`, { by: plan.state.by ?? '–' })}</p>
          )}
          <p>{t('cleanUpText', { namespace: plan.namespace })}</p>
          {typing && (
            <TypedConfirmation label={t('typeName', { name: plan.name })} value={typed} onChange={setTyped} />
          )}
          {removal.error && (
            <Notice tone="failed" title={t('notCleanedUp')}>
              {problemOf(removal.error)?.detail ?? common('unknownError')}
            </Notice>
          )}
        </div>
      </Dialog>
    </span>
  );
}
