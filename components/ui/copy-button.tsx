'use client';

import { Check, Copy } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { cn } from '@/components/ui/cn';
import { announce } from '@/components/ui/toast';

/** Copies a text to the clipboard; `what` completes its name, as in "Copy YAML". */
export function CopyButton({ text, what, className }: { text: string; what: string; className?: string }) {
  const t = useTranslations('common');
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);
  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      announce(t('copied', { what }));
    } catch {
      // Browsers offer the clipboard only in secure contexts; the text stays selectable.
      announce(t('copyRefused'));
    }
  }
  return (
    <button
      type="button"
      onClick={copy}
      aria-label={t('copy', { what })}
      className={cn(
        'grid size-6 shrink-0 place-items-center rounded-chip text-faint hover:bg-subtle hover:text-ink',
        className,
      )}
    >
      {copied ? (
        <Check aria-hidden className="size-3.5 text-good" />
      ) : (
        <Copy aria-hidden className="size-3.5" />
      )}
    </button>
  );
}

/** The name of an object, in mono, with a button that copies it. */
export function CopyableName({ name, what, className }: { name: string; what: string; className?: string }) {
  return (
    <span className={cn('inline-flex max-w-full min-w-0 items-center gap-0.5', className)}>
      <span className="name-text min-w-0 [overflow-wrap:anywhere]">{name}</span>
      <CopyButton text={name} what={what} />
    </span>
  );
}
