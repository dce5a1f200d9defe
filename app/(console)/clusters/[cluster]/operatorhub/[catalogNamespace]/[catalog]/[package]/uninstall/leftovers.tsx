'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { LoaderCircle, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useLeftoverAccess } from '@/app/(console)/use-removal-access';
import { LeftoverDialog } from '@/components/operators/uninstall/leftover-dialog';
import { LeftoverList } from '@/components/operators/uninstall/leftover-list';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { announce } from '@/components/ui/toast';
import { clustersQuery } from '@/lib/clusters/queries';
import type { OperatorRef } from '@/lib/operators/contract';
import { operatorsQuery } from '@/lib/operators/queries';
import type { Leftover, SubscriptionRef } from '@/lib/operators/uninstall-contract';
import { deleteLeftovers } from '@/lib/operators/uninstall-queries';

/** What is left of the operator; what is ticked is deleted after one more question. */
export function Leftovers({
  cluster,
  reference,
  target,
  displayName,
  leftovers,
}: {
  cluster: string;
  reference: OperatorRef;
  target: SubscriptionRef;
  displayName: string;
  leftovers: readonly Leftover[];
}) {
  const t = useTranslations('uninstall');
  const client = useQueryClient();
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [opened, setOpened] = useState(0);
  const [confirming, setConfirming] = useState<readonly Leftover[]>();
  const missing = useLeftoverAccess(cluster, target.namespace, leftovers);
  const global = useQuery(clustersQuery()).data?.items.find(({ name }) => name === cluster)?.global;
  const selected = leftovers.filter(
    ({ uid, keep, deleting, kind }) =>
      ticked.has(uid) && keep === undefined && !deleting && missing[kind] === undefined,
  );
  const removal = useMutation({
    mutationFn: (chosen: readonly Leftover[]) =>
      deleteLeftovers(cluster, reference, {
        ...target,
        leftovers: chosen.map(({ kind, name, uid, instances }) => ({ kind, name, uid, instances })),
      }),
    onSuccess: ({ steps }) => {
      setConfirming(undefined);
      setTicked(new Set());
      announce(t('leftoversDeleted', { count: steps.filter(({ outcome }) => outcome !== 'refused').length }));
    },
    onSettled: () => client.invalidateQueries({ queryKey: operatorsQuery(cluster).queryKey }),
  });
  const refused = removal.data?.steps.filter(({ outcome }) => outcome === 'refused') ?? [];
  if (leftovers.length === 0) return <p className="text-muted">{t('noLeftovers')}</p>;
  return (
    <div className="flex flex-col gap-3">
      <p className="text-muted">{t('leftoversText')}</p>
      <LeftoverList
        leftovers={leftovers}
        selected={ticked}
        missing={missing}
        onSelect={(uid, on) => {
          const next = new Set(ticked);
          if (on) next.add(uid);
          else next.delete(uid);
          setTicked(next);
        }}
      />
      {refused.length > 0 && (
        <Notice tone="failed" title={t('leftoversRefused')}>
          {refused.map(({ kind, name, detail }) => (
            <p key={`${kind}/${name}`}>{`${kind} ${name}: ${detail ?? ''}`}</p>
          ))}
        </Notice>
      )}
      <div>
        <Button
          disabled={selected.length === 0 || removal.isPending}
          onClick={() => {
            removal.reset();
            setOpened((times) => times + 1);
            setConfirming(selected);
          }}
        >
          {removal.isPending ? <LoaderCircle aria-hidden className="animate-spin" /> : <Trash2 aria-hidden />}
          {t('deleteSelected')}
        </Button>
      </div>
      <LeftoverDialog
        key={opened}
        cluster={cluster}
        displayName={displayName}
        leftovers={confirming}
        typedName={global ? reference.name : undefined}
        busy={removal.isPending}
        error={removal.error}
        onClose={() => setConfirming(undefined)}
        onConfirm={(chosen) => removal.mutate(chosen)}
      />
    </div>
  );
}
