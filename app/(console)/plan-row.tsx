'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useId } from 'react';
import { PlanDigest } from '@/components/approvals/plan-digest';
import type { PlacedPlan } from '@/components/approvals/plan-filters';
import { Checkbox } from '@/components/ui/checkbox';
import { Skeleton } from '@/components/ui/skeleton';
import { planDigestQuery } from '@/lib/operators/queries';
import { patchInstallPlans, useNamespaceAccess } from './use-access';

// Every digest is a review of its own; beyond these the review page tells it.
const MAX_DIGESTS = 30;

/** The checkbox that selects a plan; without the right to approve it there is nothing to select. */
export function SelectPlan({
  row: { cluster, plan },
  checked,
  onChange,
}: {
  row: PlacedPlan;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  const t = useTranslations('approvals');
  const id = useId();
  const { reason, pending } = useNamespaceAccess(cluster, plan.namespace, patchInstallPlans);
  const name = plan.clusterServiceVersionNames.join(', ') || plan.name;
  return (
    <span className="relative">
      <Checkbox
        checked={checked && !reason}
        onChange={onChange}
        disabled={reason !== undefined || pending}
        describedBy={reason ? id : undefined}
        label={<span className="sr-only">{t('select', { name })}</span>}
      />
      {reason && (
        <span id={id} hidden>
          {reason}
        </span>
      )}
    </span>
  );
}

/** What a waiting plan changes, in a few chips. */
export function PlanChanges({ row: { cluster, plan }, index }: { row: PlacedPlan; index: number }) {
  const t = useTranslations('approvals.digest');
  const wanted = index < MAX_DIGESTS;
  const { data, error } = useQuery({ ...planDigestQuery(cluster, plan), enabled: wanted });
  if (data) return <PlanDigest plan={data} />;
  if (!wanted) return null;
  if (error) return <span className="text-muted">{t('unread')}</span>;
  return (
    <span aria-busy="true">
      <span className="sr-only">{t('loading')}</span>
      <Skeleton className="w-28" />
    </span>
  );
}
