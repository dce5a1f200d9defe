'use client';

import { CircleCheck, CircleX, LoaderCircle } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { installedBefore } from '@/components/approvals/installed-before';
import type { PlacedPlan } from '@/components/approvals/plan-filters';
import { VersionStep } from '@/components/operators/operator-card';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { versionOfName } from '@/lib/operators/rules/version';

export interface ApprovalResult {
  state: 'running' | 'done' | 'failed';
  detail?: string;
}

/** Asks once more before several InstallPlans are approved one after the other, and tells what became of each. */
export function ApproveSelectedDialog({
  rows,
  results,
  busy,
  onClose,
  onConfirm,
}: {
  /** The plans as they were when the dialog opened; none while it is closed. */
  rows: readonly PlacedPlan[];
  /** By uid. */
  results: ReadonlyMap<string, ApprovalResult>;
  busy: boolean;
  onClose: () => void;
  onConfirm: () => void;
}) {
  const t = useTranslations('approvals');
  const common = useTranslations('common');
  const clusters = [...new Set(rows.map(({ cluster }) => cluster))].join(', ');
  const finished = !busy && results.size > 0;
  const done = [...results.values()].filter(({ state }) => state === 'done').length;
  return (
    <Dialog
      open={rows.length > 0}
      onClose={onClose}
      title={t('dialogSelected', { count: rows.length, clusters })}
      footer={
        finished ? (
          <Button variant="primary" onClick={onClose}>
            {common('close')}
          </Button>
        ) : (
          <>
            <Button onClick={onClose} disabled={busy}>
              {common('cancel')}
            </Button>
            <Button variant="primary" disabled={busy} onClick={onConfirm}>
              {busy && <LoaderCircle aria-hidden className="animate-spin" />}
              {t('approveSelected')}
            </Button>
          </>
        )
      }
    >
      <div className="flex flex-col gap-3">
        <p role="status">
          {results.size > 0 ? t('resultSummary', { done, count: rows.length }) : t('dialogSelectedText')}
        </p>
        <ul className="flex max-h-100 flex-col divide-y divide-line-faint overflow-y-auto rounded-control border border-line">
          {rows.map((row) => (
            <SelectedRow key={row.plan.uid} row={row} result={results.get(row.plan.uid)} />
          ))}
        </ul>
      </div>
    </Dialog>
  );
}

function SelectedRow({ row: { cluster, plan }, result }: { row: PlacedPlan; result?: ApprovalResult }) {
  const t = useTranslations('approvals');
  return (
    <li className="flex items-start gap-3 px-3 py-2 text-ink">
      <div className="min-w-0 flex-1">
        {plan.clusterServiceVersionNames.map((name) => {
          const from = installedBefore(plan, name);
          return (
            <p key={name} className="flex flex-wrap items-center gap-x-2">
              <span className="name-text [overflow-wrap:anywhere]">{name}</span>
              {from && <VersionStep from={from} to={versionOfName(name)} />}
            </p>
          );
        })}
        <p className="text-small text-muted">
          {cluster} / {plan.namespace} / {plan.name}
        </p>
        {result?.detail && <p className="text-small text-failed [overflow-wrap:anywhere]">{result.detail}</p>}
      </div>
      {result && (
        <span className="inline-flex shrink-0 items-center gap-1 text-small">
          {result.state === 'running' && (
            <LoaderCircle aria-hidden className="size-4 animate-spin text-accent" />
          )}
          {result.state === 'done' && <CircleCheck aria-hidden className="size-4 text-good" />}
          {result.state === 'failed' && <CircleX aria-hidden className="size-4 text-failed" />}
          {t(`result.${result.state}`)}
        </span>
      )}
    </li>
  );
}
