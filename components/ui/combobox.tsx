'use client';

import { ChevronDown } from 'lucide-react';
import { type KeyboardEvent, useId, useState } from 'react';
import { cn } from '@/components/ui/cn';
import { inputClass } from '@/components/ui/input-class';

/**
 * A text field that offers values and accepts others (ARIA combobox with a listbox).
 * Arrow keys move, Enter takes, Escape closes; focus never leaves the field.
 */
export function Combobox({
  id,
  value,
  onChange,
  onTake = onChange,
  options,
  note,
  describedBy,
  invalid,
  placeholder,
}: {
  id: string;
  value: string;
  onChange: (value: string) => void;
  /** An option was taken from the list; `onChange` when it makes no difference. */
  onTake?: (option: string) => void;
  options: readonly string[];
  /** A word beside an option, for instance what is already there. */
  note?: (option: string) => string | undefined;
  describedBy?: string;
  invalid?: boolean;
  placeholder?: string;
}) {
  const listId = useId();
  const [open, setOpen] = useState(false);
  const [filtering, setFiltering] = useState(false);
  const [active, setActive] = useState(-1);
  const shown = (filtering ? options.filter((option) => option.includes(value)) : options).slice(0, 200);

  function close() {
    setOpen(false);
    setFiltering(false);
    setActive(-1);
  }
  function take(option: string) {
    onTake(option);
    close();
  }
  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      if (!open) setOpen(true);
      else setActive((index) => (index + step + shown.length) % Math.max(shown.length, 1));
    } else if (event.key === 'Enter' && open && active >= 0) {
      event.preventDefault();
      const option = shown[active];
      if (option !== undefined) take(option);
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      close();
    }
  }

  return (
    <div className="relative">
      <input
        id={id}
        role="combobox"
        type="text"
        autoComplete="off"
        spellCheck={false}
        aria-expanded={open}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={open && active >= 0 ? `${listId}-${active}` : undefined}
        aria-describedby={describedBy}
        aria-invalid={invalid || undefined}
        placeholder={placeholder}
        value={value}
        onChange={(event) => {
          onChange(event.target.value);
          setOpen(true);
          setFiltering(true);
          setActive(-1);
        }}
        onClick={() => setOpen(true)}
        onKeyDown={onKeyDown}
        onBlur={close}
        className={cn(inputClass, 'pr-9 font-mono text-small')}
      />
      <ChevronDown aria-hidden className="pointer-events-none absolute top-2.5 right-3 size-4 text-muted" />
      <div
        id={listId}
        role="listbox"
        aria-labelledby={id}
        hidden={!open || shown.length === 0}
        className="absolute z-40 mt-1 max-h-64 w-full overflow-y-auto rounded-control border border-line bg-raised p-1 shadow-float"
      >
        {shown.map((option, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field keeps the focus and handles the keys
          <div
            key={option}
            id={`${listId}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={option === value}
            // Blur would close the list before the click arrives.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => take(option)}
            ref={(element) => {
              if (index === active) element?.scrollIntoView({ block: 'nearest' });
            }}
            className={cn(
              'flex cursor-pointer items-center justify-between gap-3 rounded-chip px-2 py-1.5 hover:bg-subtle',
              index === active && 'bg-accent-tint',
            )}
          >
            <span className="name-text">{option}</span>
            {note?.(option) && <span className="truncate text-small text-faint">{note(option)}</span>}
          </div>
        ))}
      </div>
    </div>
  );
}
