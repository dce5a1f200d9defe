'use client';

import { ChevronRight } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { cn } from '@/components/ui/cn';

/** A part that opens on demand; its content is made when it opens. */
export function Disclosure({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  const [open, setOpen] = useState(false);
  return (
    <div className="rounded-control border border-line bg-panel">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className="flex h-10 w-full items-center gap-2 rounded-control px-3 text-left font-medium hover:bg-subtle"
      >
        <ChevronRight
          aria-hidden
          className={cn('size-4 text-muted transition-transform', open && 'rotate-90')}
        />
        {title}
      </button>
      <div id={id} hidden={!open} className="border-t border-line-faint p-3">
        {open && children}
      </div>
    </div>
  );
}
