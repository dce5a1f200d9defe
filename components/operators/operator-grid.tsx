'use client';

import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { OperatorCard } from '@/components/operators/operator-card';
import { Skeleton } from '@/components/ui/skeleton';
import type { OperatorRow } from '@/lib/operators/contract';

const cardMinWidth = 270;
const cardHeight = 148;
const gap = 14;
/** Below this every card is in the document; above it only the rows in sight and a few around them. */
const virtualFrom = 100;

const gridClass = 'grid grid-cols-[repeat(auto-fill,minmax(min(270px,100%),1fr))] gap-3.5';

/** The region `Operators`: cards in a grid. */
export function OperatorGrid({
  cluster,
  operators,
  namespace,
  busy,
}: {
  cluster: string;
  operators: readonly OperatorRow[];
  /** The one namespace that is shown, for users who may not read the whole cluster. */
  namespace?: string;
  busy: boolean;
}) {
  const t = useTranslations('operators');
  return (
    <section aria-label={t('region')} aria-busy={busy}>
      {busy && operators.length === 0 ? (
        <div className={gridClass}>
          {Array.from({ length: 9 }, (_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the shapes are all alike and never move
            <SkeletonCard key={index} />
          ))}
        </div>
      ) : operators.length > virtualFrom ? (
        <VirtualGrid cluster={cluster} operators={operators} namespace={namespace} />
      ) : (
        <ul className={gridClass}>
          {operators.map((operator) => (
            <li key={keyOf(operator)} className="min-w-0">
              <OperatorCard cluster={cluster} operator={operator} namespace={namespace} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function VirtualGrid({
  cluster,
  operators,
  namespace,
}: {
  cluster: string;
  operators: readonly OperatorRow[];
  namespace: string | undefined;
}) {
  const list = useRef<HTMLUListElement>(null);
  const [place, setPlace] = useState({ width: 0, top: 0 });
  useEffect(() => {
    const element = list.current;
    if (!element) return;
    const observer = new ResizeObserver(() =>
      setPlace({ width: element.clientWidth, top: element.getBoundingClientRect().top + window.scrollY }),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const columns = Math.max(1, Math.floor((place.width + gap) / (cardMinWidth + gap)));
  const rows = useWindowVirtualizer({
    count: Math.ceil(operators.length / columns),
    estimateSize: () => cardHeight + gap,
    overscan: 4,
    scrollMargin: place.top,
  });
  return (
    <ul ref={list} className="relative" style={{ height: rows.getTotalSize() }}>
      {rows.getVirtualItems().flatMap((row) =>
        operators.slice(row.index * columns, (row.index + 1) * columns).map((operator, column) => (
          <li
            key={keyOf(operator)}
            // Cards out of sight are not in the document; the list still tells its length and the place in it.
            aria-setsize={operators.length}
            aria-posinset={row.index * columns + column + 1}
            className="absolute top-0"
            style={{
              width: `calc((100% - ${(columns - 1) * gap}px) / ${columns})`,
              left: `calc(${column} * (100% + ${gap}px) / ${columns})`,
              transform: `translateY(${row.start - place.top}px)`,
            }}
          >
            <OperatorCard cluster={cluster} operator={operator} namespace={namespace} />
          </li>
        )),
      )}
    </ul>
  );
}

function SkeletonCard() {
  return (
    <div className="flex h-37 flex-col rounded-card border border-line bg-panel p-3.5">
      <div className="flex items-center gap-3">
        <Skeleton className="size-9 rounded-[9px]" />
        <div className="flex grow flex-col gap-1.5">
          <Skeleton className="w-2/3" />
          <Skeleton className="h-3 w-1/3" />
        </div>
      </div>
      <Skeleton className="mt-3.5 h-3 w-full" />
      <Skeleton className="mt-2 h-3 w-4/5" />
      <Skeleton className="mt-auto h-5.5 w-20" />
    </div>
  );
}

function keyOf({ catalogNamespace, catalog, name }: OperatorRow): string {
  return `${catalogNamespace}/${catalog}/${name}`;
}
