'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { GitBranch } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { useChangeAccess } from '@/app/(console)/use-removal-access';
import { ChangeSubscriptionDialog } from '@/components/operators/change-subscription-dialog';
import { Button } from '@/components/ui/button';
import { DisabledReason } from '@/components/ui/button-link';
import { announce } from '@/components/ui/toast';
import type { ApprovalStrategy, Operator, OperatorRef, Subscription } from '@/lib/operators/contract';
import {
  changeSubscription,
  installPlansQuery,
  operatorsQuery,
  subscriptionChangeQuery,
} from '@/lib/operators/queries';
import type { SubscriptionRef } from '@/lib/operators/uninstall-contract';
import { SubscriptionChoice } from './subscription-choice';

/** The button `Change channel` and its dialog: channel and approval strategy of one Subscription. */
export function ChangeChannelButton({
  cluster,
  reference,
  operator,
  subscriptions,
}: {
  cluster: string;
  reference: OperatorRef;
  operator: Operator;
  subscriptions: readonly [Subscription, ...Subscription[]];
}) {
  const t = useTranslations('changeSubscription');
  const reasonId = useId();
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const [picked, setPicked] = useState<SubscriptionRef>();
  const [draft, setDraft] = useState<{ channel?: string; approval?: ApprovalStrategy }>({});
  const subscription =
    subscriptions.find(({ namespace, name }) => namespace === picked?.namespace && name === picked.name) ??
    subscriptions[0];
  const { namespace, name } = subscription;
  const { reason, pending } = useChangeAccess(cluster, namespace);
  const channel = draft.channel ?? subscription.channel;
  const approval = draft.approval ?? subscription.approval;
  const input = {
    namespace,
    name,
    ...(channel === subscription.channel ? {} : { channel }),
    ...(approval === subscription.approval ? {} : { approval }),
  };
  const changed = input.channel !== undefined || input.approval !== undefined;
  const preview = useQuery({
    ...subscriptionChangeQuery(cluster, reference, input),
    enabled: open && changed,
  });
  const change = useMutation({
    mutationFn: () => changeSubscription(cluster, reference, input),
    onSuccess: (now) => {
      setOpen(false);
      announce(t('done', { name, channel: now.channel }));
    },
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: operatorsQuery(cluster).queryKey }),
        client.invalidateQueries({ queryKey: installPlansQuery(cluster).queryKey }),
      ]),
  });
  const blocked = subscriptions.length === 1 && reason !== undefined;
  return (
    <span className="inline-flex flex-col items-end gap-1">
      <Button
        disabled={blocked || pending}
        aria-describedby={blocked ? reasonId : undefined}
        onClick={() => {
          change.reset();
          setDraft({});
          setOpen(true);
        }}
      >
        <GitBranch aria-hidden />
        {t('button')}
      </Button>
      {blocked && <DisabledReason id={reasonId}>{reason}</DisabledReason>}
      <ChangeSubscriptionDialog
        open={open}
        onClose={() => setOpen(false)}
        cluster={cluster}
        operator={operator}
        subscription={subscription}
        chooser={
          <SubscriptionChoice
            subscriptions={subscriptions}
            chosen={subscription}
            onChoose={(chosen) => {
              setDraft({});
              setPicked(chosen);
            }}
          />
        }
        draft={{ channel, approval }}
        onDraft={(part) => {
          change.reset();
          setDraft((before) => ({ ...before, ...part }));
        }}
        preview={changed ? preview.data : undefined}
        error={change.error ?? (changed ? preview.error : null)}
        busy={change.isPending}
        onConfirm={() => change.mutate()}
      />
    </span>
  );
}
