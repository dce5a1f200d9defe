'use client';

import { useTranslations } from 'next-intl';
import { useId } from 'react';
import { Badge } from '@/components/ui/badge';
import { Checkbox } from '@/components/ui/checkbox';
import type { Leftover, LeftoverKind } from '@/lib/operators/uninstall-contract';

/** What is left of an operator, each to be ticked, or with the reason why it stays. */
export function LeftoverList({
  leftovers,
  selected,
  onSelect,
  missing,
}: {
  leftovers: readonly Leftover[];
  /** The uids of those that are ticked. */
  selected: ReadonlySet<string>;
  onSelect: (uid: string, ticked: boolean) => void;
  /** The missing permission, by kind. */
  missing: Partial<Record<LeftoverKind, string>>;
}) {
  const t = useTranslations('uninstall');
  return (
    <ul
      aria-label={t('step.leftovers')}
      className="mt-2 divide-y divide-line-faint overflow-hidden rounded-control border border-line"
    >
      {leftovers.map((leftover) => (
        <LeftoverItem
          key={leftover.uid}
          leftover={leftover}
          ticked={selected.has(leftover.uid)}
          onTick={(ticked) => onSelect(leftover.uid, ticked)}
          missing={missing[leftover.kind]}
        />
      ))}
    </ul>
  );
}

function LeftoverItem({
  leftover,
  ticked,
  onTick,
  missing,
}: {
  leftover: Leftover;
  ticked: boolean;
  onTick: (ticked: boolean) => void;
  missing: string | undefined;
}) {
  const t = useTranslations('uninstall');
  const id = useId();
  const { kind, name, keep, deleting, finalizers, instances = 0 } = leftover;
  const reason = keep ? t(`keep.${keep.code}`, { names: keep.names.join(', ') }) : missing;
  const about = () =>
    deleting && finalizers.length > 0
      ? t('finalizers', { finalizers: finalizers.join(', ') })
      : t(`about.${kind}`);
  return (
    <li className="bg-panel px-3 py-2">
      <Checkbox
        checked={ticked && reason === undefined && !deleting}
        onChange={onTick}
        disabled={reason !== undefined || deleting}
        describedBy={id}
        wrap
        label={
          <>
            <span className="text-muted">{kind}</span> <span className="name-text text-ink">{name}</span>
          </>
        }
        aside={
          deleting ? (
            <span className="ml-4">
              <Badge tone="waiting">{t('beingDeleted')}</Badge>
            </span>
          ) : undefined
        }
      />
      <p id={id} className="pl-6.5 text-small text-muted [overflow-wrap:anywhere]">
        {instances > 0 && (
          <span className="font-medium text-failed">{t('takesInstances', { count: instances })} </span>
        )}
        {reason ?? (deleting || instances === 0 ? about() : undefined)}
      </p>
    </li>
  );
}
