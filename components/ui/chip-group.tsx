import { Check } from 'lucide-react';
import { useId } from 'react';

export interface Chip {
  value: string;
  label: string;
  count: number;
  /** The count in words, for a screen reader. */
  countLabel: string;
  /** What the value means. */
  title?: string;
}

/** A group of checkboxes in one line, each as a chip with its count. */
export function ChipGroup({
  label,
  chips,
  ticked,
  onChange,
}: {
  label: string;
  chips: readonly Chip[];
  ticked: readonly string[];
  onChange: (values: string[]) => void;
}) {
  const id = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a legend can't stand in line with what it names
    <div role="group" aria-labelledby={id} className="flex flex-wrap items-center gap-1.5">
      <span id={id} className="mr-1 text-small font-medium text-muted">
        {label}
      </span>
      {chips.map(({ value, label: name, count, countLabel, title }, index) => (
        <span
          key={value}
          title={title}
          className="relative inline-flex h-7 items-center gap-1.5 rounded-control border border-line bg-panel px-2.5 text-small font-medium shadow-lift has-checked:border-transparent has-checked:bg-accent-tint has-checked:text-accent has-focus-visible:outline-2 has-focus-visible:outline-accent-solid hover:bg-subtle"
        >
          <input
            type="checkbox"
            id={`${id}-${index}`}
            checked={ticked.includes(value)}
            onChange={(event) =>
              onChange(event.target.checked ? [...ticked, value] : ticked.filter((other) => other !== value))
            }
            aria-describedby={`${id}-${index}-count`}
            className="peer absolute inset-0 size-full cursor-pointer appearance-none rounded-control outline-none"
          />
          <Check aria-hidden className="hidden size-3.5 peer-checked:block" />
          <label htmlFor={`${id}-${index}`} className="pointer-events-none">
            {name}
          </label>
          <span aria-hidden className="pointer-events-none font-normal text-faint tabular-nums">
            {count}
          </span>
          <span id={`${id}-${index}-count`} hidden>
            {countLabel}
          </span>
        </span>
      ))}
    </div>
  );
}
