import { type ReactNode, useId } from 'react';
import { cn } from '@/components/ui/cn';

export interface RadioOption<Value extends string> {
  value: Value;
  label: string;
  /** What choosing it means. */
  hint?: ReactNode;
  /** Why it can't be chosen. */
  disabledReason?: string;
}

/** One choice of few, each as a row with what it means beside it. */
export function RadioGroup<Value extends string>({
  label,
  value,
  onChange,
  options,
  error,
}: {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  options: readonly RadioOption<Value>[];
  error?: ReactNode;
}) {
  const id = useId();
  return (
    <div role="radiogroup" aria-labelledby={`${id}-label`} className="flex flex-col gap-1.5">
      <span id={`${id}-label`} className="font-medium">
        {label}
      </span>
      <div className="divide-y divide-line-faint overflow-hidden rounded-control border border-line">
        {options.map((option) => {
          const note = option.disabledReason ?? option.hint;
          const disabled = option.disabledReason !== undefined;
          return (
            <div
              key={option.value}
              className={cn(
                'relative flex gap-2.5 bg-panel px-3 py-2.5',
                disabled ? 'bg-subtle' : 'hover:bg-subtle',
                option.value === value && 'bg-accent-tint hover:bg-accent-tint',
              )}
            >
              <input
                type="radio"
                id={`${id}-${option.value}`}
                name={id}
                value={option.value}
                checked={option.value === value}
                disabled={disabled}
                onChange={() => onChange(option.value)}
                aria-describedby={note ? `${id}-${option.value}-note` : undefined}
                className="relative z-1 mt-0.5 size-4 shrink-0 cursor-pointer appearance-none rounded-full border border-line-control bg-panel checked:border-[5px] checked:border-accent-solid disabled:cursor-not-allowed disabled:bg-line"
              />
              <div className="min-w-0">
                <label
                  htmlFor={`${id}-${option.value}`}
                  className={cn('font-medium', disabled ? 'text-muted' : 'stretched cursor-pointer')}
                >
                  {option.label}
                </label>
                {note && (
                  <div id={`${id}-${option.value}-note`} className="text-small text-muted">
                    {note}
                  </div>
                )}
              </div>
            </div>
          );
        })}
      </div>
      {error}
    </div>
  );
}
