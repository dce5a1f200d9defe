'use client';

import { Search } from 'lucide-react';
import { cn } from '@/components/ui/cn';
import { inputClass } from '@/components/ui/input-class';
import { useHydrated } from '@/components/ui/use-hydrated';

/** Where one types what a list is searched for. What is typed before the page is alive would be lost: it waits. */
export function SearchField({
  label,
  value,
  onChange,
  className,
}: {
  label: string;
  value: string;
  onChange: (text: string) => void;
  /** How much room it takes. */
  className: string;
}) {
  const hydrated = useHydrated();
  return (
    <div className={cn('relative', className)}>
      <Search aria-hidden className="pointer-events-none absolute top-2.5 left-3 size-4 text-faint" />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        value={value}
        readOnly={!hydrated}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        className={cn(inputClass, 'pl-9')}
      />
    </div>
  );
}
