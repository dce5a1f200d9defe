'use client';

import { type ReactNode, useId, useState } from 'react';
import { cn } from '@/components/ui/cn';
import { DisclosureButton } from '@/components/ui/disclosure-button';

/** A part that stays closed until it is wanted; `summary` says in a word what it holds. */
export function Disclosure({
  label,
  summary,
  forceOpen,
  compact = false,
  children,
}: {
  label: string;
  summary?: ReactNode;
  /** Something in it has to be seen, such as an error. */
  forceOpen?: boolean;
  /** In a row of a table: a frame only while it is open. */
  compact?: boolean;
  children: ReactNode;
}) {
  const id = useId();
  const [opened, setOpened] = useState(false);
  const open = opened || forceOpen === true;
  return (
    <div className={cn('rounded-control', (!compact || open) && 'border border-line bg-panel')}>
      <DisclosureButton
        open={open}
        controls={id}
        onClick={() => setOpened(!open)}
        className={cn(
          'rounded-control font-medium',
          compact ? 'h-7 gap-1 pr-2 text-small' : 'h-10 px-3',
          compact && (open ? 'px-2' : '-ml-0.5 w-auto'),
        )}
      >
        {label}
      </DisclosureButton>
      {summary && !open && <p className="-mt-1 px-9 pb-2.5 text-small text-muted">{summary}</p>}
      <div id={id} hidden={!open} className="border-t border-line-faint p-3">
        {open && children}
      </div>
    </div>
  );
}
