'use client';

import { ChevronRight } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { cn } from '@/components/ui/cn';

/** A part that stays closed until it is wanted; `summary` says in a word what it holds. */
export function Disclosure({
  label,
  summary,
  forceOpen,
  children,
}: {
  label: string;
  summary?: ReactNode;
  /** Something in it has to be seen, such as an error. */
  forceOpen?: boolean;
  children: ReactNode;
}) {
  const id = useId();
  const [opened, setOpened] = useState(false);
  const open = opened || forceOpen === true;
  return (
    <div className="rounded-control border border-line bg-panel">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpened(!open)}
        className="flex h-10 w-full items-center gap-2 rounded-control px-3 text-left font-medium hover:bg-subtle"
      >
        <ChevronRight
          aria-hidden
          className={cn('size-4 text-muted transition-transform', open && 'rotate-90')}
        />
        {label}
      </button>
      {summary && !open && <p className="-mt-1 px-9 pb-2.5 text-small text-muted">{summary}</p>}
      <div id={id} hidden={!open} className="border-t border-line-faint p-3">
        {open && children}
      </div>
    </div>
  );
}
