'use client';

import { useQuery } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { useInstanceAccess, useUninstallAccess } from '@/app/(console)/use-removal-access';
import { addresses } from '@/components/addresses';
import { UninstallDialog } from '@/components/operators/uninstall/uninstall-dialog';
import { Button } from '@/components/ui/button';
import { DisabledReason } from '@/components/ui/button-link';
import { clustersQuery } from '@/lib/clusters/queries';
import type { OperatorRef } from '@/lib/operators/contract';
import type { SubscriptionRef } from '@/lib/operators/uninstall-contract';
import { uninstallationQuery } from '@/lib/operators/uninstall-queries';
import { SubscriptionChoice } from './subscription-choice';
import { useUninstallRun } from './use-uninstall-run';

/** The button `Uninstall` and its dialog; once confirmed, the page of the uninstallation shows how it goes. */
export function UninstallButton({
  cluster,
  reference,
  displayName,
  subscriptions,
  primary,
}: {
  cluster: string;
  reference: OperatorRef;
  displayName: string;
  /** At least one. */
  subscriptions: readonly [SubscriptionRef, ...SubscriptionRef[]];
  primary?: boolean;
}) {
  const t = useTranslations('uninstall');
  const reasonId = useId();
  const router = useRouter();
  const [opened, setOpened] = useState(0);
  const [open, setOpen] = useState(false);
  const [picked, setPicked] = useState<SubscriptionRef>();
  const target =
    subscriptions.find(({ namespace, name }) => namespace === picked?.namespace && name === picked.name) ??
    subscriptions[0];
  const { reason, pending } = useUninstallAccess(cluster, target.namespace);
  const { data, error, refetch } = useQuery({
    ...uninstallationQuery(cluster, reference, target),
    enabled: open,
  });
  const global = useQuery(clustersQuery()).data?.items.find(({ name }) => name === cluster)?.global;
  const instances = useInstanceAccess(cluster, open ? (data?.apis ?? []) : []);
  const { start } = useUninstallRun(cluster, reference, target);
  // With several Subscriptions another one may be chosen in the dialog, and another namespace allows more.
  const blocked = subscriptions.length === 1 && reason !== undefined;
  return (
    <span className="inline-flex flex-col items-end gap-1">
      <Button
        variant={primary ? 'primary' : 'secondary'}
        disabled={blocked || pending}
        aria-describedby={blocked ? reasonId : undefined}
        onClick={() => {
          setOpened((times) => times + 1);
          setOpen(true);
        }}
      >
        <Trash2 aria-hidden />
        {t('uninstall')}
      </Button>
      {blocked && <DisabledReason id={reasonId}>{reason}</DisabledReason>}
      <UninstallDialog
        key={`${opened}/${target.namespace}/${target.name}`}
        open={open}
        onClose={() => setOpen(false)}
        cluster={cluster}
        displayName={displayName}
        typedName={global ? reference.name : undefined}
        chooser={<SubscriptionChoice subscriptions={subscriptions} chosen={target} onChoose={setPicked} />}
        review={data}
        error={error}
        retry={() => void refetch()}
        missing={reason}
        instancesReason={instances.reason}
        onConfirm={(review, options) => {
          setOpen(false);
          start({ review, ...options });
          router.push(addresses.uninstall(cluster, reference, target));
        }}
      />
    </span>
  );
}
