'use client';

import { Plus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Combobox } from '@/components/ui/combobox';
import { describedBy, Field } from '@/components/ui/field';

/** The namespaces that the operator watches: one, or several added one after the other. */
export function TargetNamespaces({
  single,
  value,
  options,
  error,
  onChange,
}: {
  single: boolean;
  value: readonly string[];
  options: readonly string[];
  error: string | undefined;
  onChange: (names: string[]) => void;
}) {
  const t = useTranslations('install');
  const [typed, setTyped] = useState('');
  const help = !error && (single ? t('targetHelp') : t('targetsHelp'));
  const add = (name: string) => {
    const trimmed = name.trim();
    setTyped('');
    if (trimmed && !value.includes(trimmed)) onChange([...value, trimmed]);
  };
  const common = {
    id: 'targets',
    invalid: error !== undefined,
    describedBy: describedBy('targets', error, help),
  };
  return (
    <Field id="targets" label={t('targets')} help={help} error={error}>
      {single ? (
        <Combobox
          {...common}
          value={value[0] ?? ''}
          onChange={(name) => onChange(name.trim() ? [name.trim()] : [])}
          options={options}
        />
      ) : (
        <>
          {value.length > 0 && (
            <ul className="flex flex-wrap gap-2">
              {value.map((name) => (
                <li key={name} className="inline-flex h-6 items-center gap-1 rounded-chip bg-subtle pl-2">
                  <span className="name-text">{name}</span>
                  <button
                    type="button"
                    aria-label={t('removeTarget', { name })}
                    onClick={() => onChange(value.filter((other) => other !== name))}
                    className="grid size-6 place-items-center rounded-chip text-muted hover:text-ink"
                  >
                    <X aria-hidden className="size-3.5" />
                  </button>
                </li>
              ))}
            </ul>
          )}
          <div className="flex gap-2">
            <div className="grow">
              <Combobox
                {...common}
                value={typed}
                onChange={setTyped}
                onTake={add}
                options={options.filter((name) => !value.includes(name))}
              />
            </div>
            <Button onClick={() => add(typed)} disabled={typed.trim() === ''} className="h-9">
              <Plus aria-hidden />
              {t('addTarget')}
            </Button>
          </div>
        </>
      )}
    </Field>
  );
}
