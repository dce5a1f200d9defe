'use client';

import { useTranslations } from 'next-intl';
import { useQueryStates } from 'nuqs';
import { useState } from 'react';
import { ClusterRun } from '@/app/(console)/cluster-run';
import { RunNotes } from '@/app/(console)/run-notes';
import { useComponents } from '@/app/(console)/use-components';
import { useStartUpgrade } from '@/app/(console)/use-upgrade-run';
import { type PlacedComponent, placedKey } from '@/components/features/feature-rows';
import { filterMatrix, matrixRows } from '@/components/features/matrix';
import { MatrixTable } from '@/components/features/matrix-table';
import { PreflightDialog } from '@/components/features/preflight-dialog';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { cn } from '@/components/ui/cn';
import { inputClass } from '@/components/ui/input-class';
import { PartialNotice } from '@/components/ui/partial-notice';
import { useHydrated } from '@/components/ui/use-hydrated';
import type { Cluster } from '@/lib/clusters/contract';
import { matrixParams } from './search-params';

/** Which version of what runs where, and the upgrade of a selection over several clusters. */
export function VersionMatrix({
  kind,
  clusters,
}: {
  kind: PlacedComponent['kind'];
  clusters: readonly Cluster[];
}) {
  const t = useTranslations('matrix');
  const features = useTranslations('features');
  const hydrated = useHydrated();
  const start = useStartUpgrade();
  const [filter, setFilter] = useQueryStates(matrixParams, { history: 'replace' });
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [chosen, setChosen] = useState<readonly PlacedComponent[]>([]);
  const read = useComponents(clusters);
  const placed = read.flatMap(({ cluster, list }) =>
    (list?.items ?? []).map((item) => ({ ...item, cluster })),
  );
  const rows = filterMatrix(matrixRows(placed, kind), filter);
  const wanted = placed.filter((component) => component.selectable && selected.has(placedKey(component)));
  const partial = [
    ...clusters
      .filter(({ health }) => health !== 'Healthy')
      .map(({ name, reason }) => ({ resource: name, reason: reason ?? '' })),
    ...read.flatMap(({ cluster, error, list }) =>
      error && !list ? [{ resource: cluster, reason: error.message }] : [],
    ),
  ];
  return (
    <div className="flex flex-col gap-4">
      {partial.length > 0 && <PartialNotice partial={partial} />}
      {read.map(({ cluster }) => (
        <ClusterRun key={cluster} cluster={cluster} />
      ))}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <input
          type="search"
          aria-label={t('search')}
          placeholder={t('search')}
          value={filter.q}
          readOnly={!hydrated}
          maxLength={200}
          autoComplete="off"
          onChange={(event) => void setFilter({ q: event.target.value || null })}
          className={cn(inputClass, 'sm:w-70')}
        />
        <Checkbox
          checked={filter.upgradable}
          onChange={(yes) => void setFilter({ upgradable: yes || null })}
          label={t('upgradable')}
        />
        <Checkbox
          checked={filter.differing}
          onChange={(yes) => void setFilter({ differing: yes || null })}
          label={t('differing')}
        />
        <span className="ml-auto flex items-center gap-2">
          {wanted.length > 0 && (
            <span className="text-muted">{features('selected', { count: wanted.length })}</span>
          )}
          <Button variant="primary" disabled={wanted.length === 0} onClick={() => setChosen(wanted)}>
            {features('upgradeSelected')}
          </Button>
        </span>
      </div>
      {rows.length === 0 && read.every(({ list, error }) => list || error) ? (
        <p className="rounded-card border border-dashed border-line px-4 py-8 text-center text-muted">
          {t('empty')}
        </p>
      ) : (
        <MatrixTable
          label={t('table')}
          rows={rows}
          clusters={clusters}
          known={new Set(read.flatMap(({ cluster, list }) => (list ? [cluster] : [])))}
          selected={selected}
          onSelect={(key, member) =>
            setSelected((known) => {
              const next = new Set(known);
              if (member) next.add(key);
              else next.delete(key);
              return next;
            })
          }
        />
      )}
      <PreflightDialog
        chosen={chosen}
        action={features('upgradeSelected')}
        notes={(cluster) => <RunNotes cluster={cluster} />}
        onClose={() => setChosen([])}
        onConfirm={(possible) => {
          for (const cluster of new Set(possible.map((component) => component.cluster))) {
            start(
              cluster,
              possible.filter((component) => component.cluster === cluster),
            );
          }
          setChosen([]);
          setSelected(new Set());
        }}
      />
    </div>
  );
}
