'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ArrowUpCircle } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { addresses } from '@/components/addresses';
import { UpgradeDialog } from '@/components/operators/upgrade-dialog';
import { ActionButton } from '@/components/ui/action-button';
import type { Operator, Subscription } from '@/lib/operators/contract';
import { aimUpgrade, operatorsQuery } from '@/lib/operators/queries';
import { pathOf, type UpgradeAim, upgradeAims } from '@/lib/operators/rules/plan/upgrade-run';
import { startDriving } from './driven-approvals';
import { patchInstallPlans, useAccess } from './use-access';

/**
 * The button `Upgrade` of a Subscription: hop by hop to a version, driven by the progress page that it leads to. Nothing
 * is shown where OLM would not stop, or where there is nothing newer.
 */
export function UpgradeButton({
  cluster,
  operator,
  subscription,
}: {
  cluster: string;
  operator: Operator;
  subscription: Subscription;
}) {
  const path = pathOf(operator, subscription);
  const aims = path ? upgradeAims(path) : [];
  const furthest = aims.at(-1);
  if (!furthest || subscription.status === 'Uninstalling') return null;
  return (
    <Upgrade
      cluster={cluster}
      operator={operator}
      subscription={subscription}
      aims={aims}
      furthest={furthest}
    />
  );
}

function Upgrade({
  cluster,
  operator,
  subscription: { namespace, name },
  aims,
  furthest,
}: {
  cluster: string;
  operator: Operator;
  subscription: Subscription;
  aims: readonly UpgradeAim[];
  furthest: UpgradeAim;
}) {
  const t = useTranslations('upgrade');
  const client = useQueryClient();
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState<string>();
  const aim = aims.find((one) => one.name === chosen) ?? furthest;
  const { reason, pending } = useAccess(cluster, [
    { ...patchInstallPlans, namespace },
    { verb: 'patch', group: 'operators.coreos.com', resource: 'subscriptions', namespace },
  ]);
  const start = useMutation({
    mutationFn: async () => {
      await aimUpgrade(cluster, operator, { namespace, name, to: aim.name });
      startDriving('upgrade', { cluster, namespace, name });
      await client.invalidateQueries({ queryKey: operatorsQuery(cluster).queryKey });
    },
    onSuccess: () => router.push(addresses.progress(cluster, operator, { namespace, name })),
  });
  return (
    <>
      <ActionButton
        reason={reason}
        disabled={pending}
        onClick={() => {
          start.reset();
          setChosen(undefined);
          setOpen(true);
        }}
      >
        <ArrowUpCircle aria-hidden />
        {t('button')}
      </ActionButton>
      <UpgradeDialog
        open={open}
        onClose={() => setOpen(false)}
        cluster={cluster}
        name={operator.displayName}
        namespace={namespace}
        aims={aims}
        aim={aim}
        onAim={setChosen}
        busy={start.isPending}
        error={start.error}
        onConfirm={() => start.mutate()}
      />
    </>
  );
}
