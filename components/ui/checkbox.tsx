import { Check } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { cn } from '@/components/ui/cn';

/** A labelled checkbox; `count` is told as a description and is no part of the name. */
export function Checkbox({
  checked,
  onChange,
  label,
  count,
  countLabel,
  aside,
  disabled,
  describedBy,
  wrap,
}: {
  checked: boolean;
  onChange: (checked: boolean) => void;
  label: ReactNode;
  count?: number;
  countLabel?: string;
  /** What stands behind the label and can be used by itself. */
  aside?: ReactNode;
  disabled?: boolean;
  /** The id of what else a screen reader should say of it, such as why it is disabled. */
  describedBy?: string;
  /** Shows a long label on several lines in place of cutting it. */
  wrap?: boolean;
}) {
  const id = useId();
  return (
    <div className="relative flex min-h-6 items-center gap-2.5 text-body text-muted hover:text-ink">
      <span className="relative z-1 grid size-4 shrink-0 place-items-center">
        <input
          id={id}
          type="checkbox"
          checked={checked}
          onChange={(event) => onChange(event.target.checked)}
          disabled={disabled}
          aria-describedby={[countLabel && `${id}-count`, describedBy].filter(Boolean).join(' ') || undefined}
          className="peer size-4 cursor-pointer appearance-none disabled:cursor-not-allowed disabled:bg-line rounded-[5px] border border-line-control bg-panel checked:border-accent-solid checked:bg-accent-solid"
        />
        <Check
          aria-hidden
          strokeWidth={3}
          className="pointer-events-none absolute hidden size-3 text-on-accent peer-checked:block"
        />
      </span>
      <label
        htmlFor={id}
        className={cn(
          'min-w-0',
          wrap ? '[overflow-wrap:anywhere]' : 'truncate',
          !disabled && 'stretched cursor-pointer',
        )}
      >
        {label}
      </label>
      {aside && <span className="relative z-1 -ml-2">{aside}</span>}
      {count !== undefined && (
        <span aria-hidden className="ml-auto text-small text-faint tabular-nums">
          {count}
        </span>
      )}
      {countLabel && (
        <span id={`${id}-count`} hidden>
          {countLabel}
        </span>
      )}
    </div>
  );
}
