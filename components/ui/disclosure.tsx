'use client';

import { type ReactNode, useId, useState } from 'react';
import { DisclosureButton } from '@/components/ui/disclosure-button';

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
      <DisclosureButton
        open={open}
        controls={id}
        onClick={() => setOpened(!open)}
        className="h-10 rounded-control px-3 font-medium"
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
