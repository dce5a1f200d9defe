'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Stamp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { type ApprovalResult, ApproveSelectedDialog } from '@/components/approvals/approve-selected-dialog';
import type { PlacedPlan } from '@/components/approvals/plan-filters';
import { Button } from '@/components/ui/button';
import { problemOf } from '@/components/ui/problem-of';
import { approveInstallPlan, installPlansQuery, operatorsQuery } from '@/lib/operators/queries';

const noRows: readonly PlacedPlan[] = [];
const noResults: ReadonlyMap<string, ApprovalResult> = new Map();

/**
 * The button `Approve selected`. The plans are approved one after the other, each pinned to the uid and the versions
 * that the table showed when the dialog opened; one that is refused does not stop the others.
 */
export function ApproveSelected({
  selected,
  onDone,
}: {
  selected: readonly PlacedPlan[];
  /** Some were approved and are no longer selected. */
  onDone: () => void;
}) {
  const t = useTranslations('approvals');
  const client = useQueryClient();
  const [rows, setRows] = useState(noRows);
  const [results, setResults] = useState(noResults);
  const [busy, setBusy] = useState(false);

  async function approveAll() {
    setBusy(true);
    // A cluster that does not answer would not answer to the next plan either, and each takes its time.
    const silent = new Map<string, string>();
    for (const { cluster, plan } of rows) {
      const tell = (result: ApprovalResult) => setResults((known) => new Map(known).set(plan.uid, result));
      if (silent.has(cluster)) {
        tell({ state: 'failed', detail: silent.get(cluster) });
        continue;
      }
      tell({ state: 'running' });
      try {
        const { uid, clusterServiceVersionNames } = plan;
        await approveInstallPlan(cluster, plan, { uid, clusterServiceVersionNames });
        tell({ state: 'done' });
      } catch (error) {
        const detail = error instanceof Error ? error.message : '';
        tell({ state: 'failed', detail });
        if (problemOf(error)?.code === 'cluster-unreachable') silent.set(cluster, detail);
      }
    }
    setBusy(false);
    onDone();
    for (const cluster of new Set(rows.map((row) => row.cluster))) {
      void client.invalidateQueries({ queryKey: installPlansQuery(cluster).queryKey });
      void client.invalidateQueries({ queryKey: operatorsQuery(cluster).queryKey });
    }
  }

  return (
    <>
      <span className="text-muted" aria-live="polite">
        {selected.length > 0 && t('selected', { count: selected.length })}
      </span>
      <Button
        variant="primary"
        disabled={selected.length === 0}
        onClick={() => {
          setResults(noResults);
          setRows([...selected]);
        }}
      >
        <Stamp aria-hidden />
        {t('approveSelected')}
      </Button>
      <ApproveSelectedDialog
        rows={rows}
        results={results}
        busy={busy}
        onClose={() => !busy && setRows(noRows)}
        onConfirm={() => void approveAll()}
      />
    </>
  );
}
