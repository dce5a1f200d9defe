'use client';

import { LoaderCircle } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Notice } from '@/components/ui/notice';
import { problemOf } from '@/components/ui/problem-of';
import type { PlanReference } from '@/lib/operators/contract';

/** Asks once more before an InstallPlan is approved: what it carries, and on which cluster. */
export function ApproveDialog({
  cluster,
  plan,
  stale,
  busy,
  error,
  onClose,
  onConfirm,
}: {
  cluster: string;
  /** The plan to approve; undefined while the dialog is closed. */
  plan: PlanReference | undefined;
  /** It is no longer what the dialog opened with. */
  stale?: boolean;
  busy: boolean;
  error: Error | null;
  onClose: () => void;
  onConfirm: (plan: PlanReference) => void;
}) {
  const t = useTranslations('approvals');
  const common = useTranslations('common');
  const names = plan?.clusterServiceVersionNames ?? [];
  const [first] = names;
  return (
    <Dialog
      open={plan !== undefined}
      onClose={onClose}
      title={
        names.length > 1
          ? t('dialogMany', { csv: first ?? '', count: names.length - 1, cluster })
          : t('dialogOne', { csv: first ?? '', cluster })
      }
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button variant="primary" disabled={busy || stale} onClick={() => plan && onConfirm(plan)}>
            {busy && <LoaderCircle aria-hidden className="animate-spin" />}
            {t('approve')}
          </Button>
        </>
      }
    >
      {plan && (
        <div className="flex flex-col gap-3">
          <p>{t('dialogText')}</p>
          <ul className="flex flex-col gap-1 rounded-control border border-line-faint bg-subtle px-3 py-2 text-ink">
            {names.map((name) => (
              <li key={name} className="name-text [overflow-wrap:anywhere]">
                {name}
              </li>
            ))}
          </ul>
          <p className="text-small">{t('dialogWhere', { namespace: plan.namespace, plan: plan.name })}</p>
          {stale && !error && (
            <Notice tone="failed" title={t('noLonger')}>
              {t('notApproved')}
            </Notice>
          )}
          {error && (
            <Notice tone="failed" title={t('notApproved')}>
              {problemOf(error)?.detail ?? common('unknownError')}
            </Notice>
          )}
        </div>
      )}
    </Dialog>
  );
}
