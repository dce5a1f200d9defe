'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { cn } from '@/components/ui/cn';
import { focusMain } from '@/components/ui/focus-main';

/**
 * A modal dialog on the browser's own `<dialog>`: focus stays inside, Escape closes, the rest is inert.
 * Its first heading is its name.
 */
export function Dialog({
  open,
  onClose,
  title,
  children,
  footer,
  wide,
}: {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  children: ReactNode;
  footer: ReactNode;
  /** Room for a form. */
  wide?: boolean;
}) {
  const t = useTranslations('common');
  const element = useRef<HTMLDialogElement>(null);
  const wasOpen = useRef(false);
  const titleId = useId();
  useEffect(() => {
    const dialog = element.current;
    if (!dialog) return;
    // Escape closes it also where its owner goes on with it: then it comes back.
    if (open && !dialog.open) dialog.showModal();
    if (!open && dialog.open) dialog.close();
    // The button that was pressed may be gone, or that which opened it: who uses the keyboard goes on from here.
    const { activeElement } = document;
    if (open && activeElement === document.body) dialog.focus();
    const left = activeElement === document.body || dialog.contains(activeElement);
    if (wasOpen.current && !open && left) focusMain();
    wasOpen.current = open;
  });
  return (
    <dialog
      ref={element}
      // It may be opened from a cell of a table that aligns its text otherwise.
      className={cn('dialog text-left outline-none', wide && 'dialog-wide')}
      tabIndex={-1}
      aria-labelledby={titleId}
      onClose={onClose}
    >
      {open && (
        <>
          <div className="sticky top-0 z-30 flex items-start justify-between gap-4 bg-panel px-5 pt-5 pb-2">
            <h2
              id={titleId}
              className="min-w-0 text-lead font-semibold tracking-tight [overflow-wrap:anywhere]"
            >
              {title}
            </h2>
            <button
              type="button"
              onClick={onClose}
              aria-label={t('close')}
              className="-mt-1 -mr-1 grid size-7 shrink-0 place-items-center rounded-control text-muted hover:bg-subtle hover:text-ink"
            >
              <X aria-hidden className="size-4" />
            </button>
          </div>
          <div className="px-5 pb-5 text-muted">{children}</div>
          <div className="sticky bottom-0 z-30 flex flex-wrap justify-end gap-2 border-t border-line-faint bg-panel px-5 py-3">
            {footer}
          </div>
        </>
      )}
    </dialog>
  );
}
