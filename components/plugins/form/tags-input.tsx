'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { cn } from '@/components/ui/cn';
import { Combobox } from '@/components/ui/combobox';
import { inputClass } from '@/components/ui/input-class';

/** Several words: what is there as chips, and a field that takes one more with Enter or a comma. */
export function TagsInput({
  id,
  label,
  values,
  onChange,
  options,
  readOnly,
  ...described
}: {
  id: string;
  label: string;
  values: readonly string[];
  onChange: (values: string[]) => void;
  /** What can be chosen; others are accepted too. */
  options?: readonly string[];
  readOnly?: boolean;
  'aria-describedby'?: string;
  'aria-invalid'?: boolean;
}) {
  const t = useTranslations('plugins.form');
  const [text, setText] = useState('');
  const add = (words: string) => {
    const fresh = words
      .split(',')
      .map((word) => word.trim())
      .filter((word, index, all) => word && !values.includes(word) && all.indexOf(word) === index);
    setText('');
    if (fresh.length > 0) onChange([...values, ...fresh]);
  };
  return (
    <div className="flex flex-col gap-1.5">
      {values.length > 0 && (
        <ul aria-label={label} className="flex flex-wrap gap-1.5">
          {values.map((value) => (
            <li key={value} className="inline-flex h-6 items-center gap-1 rounded-chip bg-subtle pr-1 pl-2">
              <span className="name-text">{value}</span>
              {!readOnly && (
                <button
                  type="button"
                  aria-label={t('removeTag', { value })}
                  onClick={() => onChange(values.filter((other) => other !== value))}
                  className="grid size-6 place-items-center rounded-chip text-muted hover:text-ink"
                >
                  <X aria-hidden className="size-3.5" />
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {options ? (
        <Combobox
          id={id}
          value={text}
          onChange={setText}
          onTake={add}
          options={options.filter((option) => !values.includes(option))}
          describedBy={described['aria-describedby']}
          invalid={described['aria-invalid']}
          placeholder={t('addTag')}
        />
      ) : (
        <input
          {...described}
          id={id}
          type="text"
          value={text}
          readOnly={readOnly}
          placeholder={t('addTag')}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) =>
            event.target.value.endsWith(',') ? add(event.target.value) : setText(event.target.value)
          }
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            add(text);
          }}
          // What was typed and not confirmed would be lost without a word.
          onBlur={() => add(text)}
          className={cn(inputClass, 'read-only:bg-subtle read-only:text-muted')}
        />
      )}
    </div>
  );
}
