'use client';

import { useQuery } from '@tanstack/react-query';
import { CircleCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { RunNotes, useMissingRunRight } from '@/app/(console)/run-notes';
import { ScopeBar, ScopeChooser } from '@/app/(console)/scope-chooser';
import { useRefusal, useScope } from '@/app/(console)/use-scope';
import { useUpgradeRun } from '@/app/(console)/use-upgrade-run';
import { useBlockSentence } from '@/components/features/block-sentence';
import { ComponentTable } from '@/components/features/component-table';
import {
  commonBlock,
  featureRows,
  isChoosable,
  type PlacedComponent,
} from '@/components/features/feature-rows';
import { OtherComponents } from '@/components/features/other-components';
import { PreflightDialog } from '@/components/features/preflight-dialog';
import { RunPanel } from '@/components/features/run-panel';
import { ActionButton } from '@/components/ui/action-button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { PartialNotice } from '@/components/ui/partial-notice';
import { SkeletonRows } from '@/components/ui/skeleton';
import type { Component } from '@/lib/clusters/features-contract';
import { componentsQuery } from '@/lib/clusters/features-queries';
import { isUpgradable } from '@/lib/clusters/rules/features/component';

const noComponents: Component[] = [];

/** What of a cluster can be upgraded at once, and the run that does it. */
export function Features({ cluster }: { cluster: string }) {
  const t = useTranslations('features');
  const sentence = useBlockSentence();
  const used = useScope(cluster);
  const { data, error, refetch } = useQuery(componentsQuery(cluster, used.scope));
  const refusal = useRefusal(used, { data, error });
  const upgrade = useUpgradeRun(cluster);
  const missing = useMissingRunRight(cluster);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState<{ action: string; chosen: PlacedComponent[] }>();

  if (refusal) return <ScopeChooser cluster={cluster} used={used} error={refusal} />;
  if (error && !data) return <ErrorState error={error} retry={() => void refetch()} />;
  if (!data) {
    return (
      <div aria-busy="true">
        <span className="sr-only">{t('loading')}</span>
        <Card>
          <SkeletonRows rows={8} />
        </Card>
      </div>
    );
  }
  const { run } = upgrade;
  const current = run && (!run.finished || upgrade.isRecent) ? run.steps : [];
  const inTable = current.filter(({ state }) => state !== 'skipped');
  const rows = featureRows(data.items ?? noComponents, inTable);
  const choosable = rows.filter(isChoosable);
  const others = data.items.filter(
    (item) => !isUpgradable(item) && !rows.some((row) => row.component === item),
  );
  const ask = (action: string, wanted: typeof rows) =>
    setAsked({
      action,
      chosen: wanted.flatMap(({ component }) => (component ? [{ ...component, cluster }] : [])),
    });
  const block = commonBlock(rows);
  const reason = block && sentence(block);
  const chosen = choosable.filter(({ key }) => selected.has(key));
  return (
    <div className="flex flex-col gap-4">
      <ScopeBar cluster={cluster} used={used} />
      {data.partial.length > 0 && <PartialNotice partial={data.partial} />}
      {run && (
        <RunPanel
          run={run}
          upgrade={upgrade}
          listSteps={current.length === 0 && run.steps.some(({ state }) => state !== 'succeeded')}
          missing={missing}
        />
      )}
      {rows.length === 0 ? (
        <EmptyState icon={CircleCheck} title={t('emptyTitle')}>
          {t('emptyText')}
        </EmptyState>
      ) : (
        <>
          <div className="flex flex-wrap items-center justify-between gap-2">
            <span role="status" className="text-muted">
              {t('summary', {
                count: rows.filter(({ component }) => component && isUpgradable(component)).length,
              })}
            </span>
            <span className="flex flex-wrap items-center gap-2">
              {chosen.length > 0 && (
                <span className="text-muted">{t('selected', { count: chosen.length })}</span>
              )}
              <ActionButton
                compact
                reason={reason}
                disabled={choosable.length === 0}
                onClick={() => ask(t('upgradeAll'), choosable)}
              >
                {t('upgradeAll')}
              </ActionButton>
              <ActionButton
                compact
                reason={reason}
                variant="primary"
                disabled={chosen.length === 0}
                onClick={() => ask(t('upgradeSelected'), chosen)}
              >
                {t('upgradeSelected')}
              </ActionButton>
            </span>
          </div>
          <ComponentTable
            cluster={cluster}
            rows={rows}
            selected={selected}
            onSelect={(key, member) =>
              setSelected((known) => {
                const next = new Set(known);
                if (member) next.add(key);
                else next.delete(key);
                return next;
              })
            }
            steps={current}
            onRetry={missing ? undefined : (key) => upgrade.goOn([key])}
          />
        </>
      )}
      {others.length > 0 && <OtherComponents cluster={cluster} components={others} />}
      <PreflightDialog
        chosen={asked?.chosen ?? []}
        action={asked?.action ?? ''}
        notes={(one) => <RunNotes cluster={one} />}
        onClose={() => setAsked(undefined)}
        onConfirm={(possible) => {
          upgrade.start(possible);
          setAsked(undefined);
          setSelected(new Set());
        }}
      />
    </div>
  );
}
