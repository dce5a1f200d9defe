'use client';

import { CircleCheck, CircleX } from 'lucide-react';
import { useEffect, useSyncExternalStore } from 'react';

interface Message {
  id: number;
  text: string;
  failed: boolean;
}

let current: Message | undefined;
const listeners = new Set<() => void>();

/**
 * Shows a short sentence for a few seconds and lets a screen reader say it. The next one replaces it.
 * @param failed whether it tells of something that did not go well
 */
export function announce(text: string, failed = false): void {
  current = { id: (current?.id ?? 0) + 1, text, failed };
  for (const listener of listeners) listener();
}

function dismiss(id: number) {
  if (current?.id !== id) return;
  current = undefined;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Where `announce` speaks; mounted once. */
export function Toaster() {
  const message = useSyncExternalStore(
    subscribe,
    () => current,
    () => undefined,
  );
  useEffect(() => {
    if (!message) return;
    const timer = setTimeout(() => dismiss(message.id), 5_000);
    return () => clearTimeout(timer);
  }, [message]);
  return (
    <output className="pointer-events-none fixed inset-x-4 bottom-4 z-50 flex justify-center sm:justify-end">
      {message && (
        <span className="flex items-center gap-2 rounded-control border border-line bg-raised px-4 py-2.5 shadow-float">
          {message.failed ? (
            <CircleX aria-hidden className="size-4 shrink-0 text-failed" />
          ) : (
            <CircleCheck aria-hidden className="size-4 shrink-0 text-good" />
          )}
          {message.text}
        </span>
      )}
    </output>
  );
}
