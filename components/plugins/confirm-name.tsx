'use client';

import { useTranslations } from 'next-intl';
import { useId } from 'react';
import { Field } from '@/components/ui/field';
import { inputClass } from '@/components/ui/input-class';

/** On the global cluster a mistake hits the whole platform: the name has to be typed. */
export function ConfirmName({
  name,
  value,
  onChange,
}: {
  name: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const t = useTranslations('plugins');
  const id = useId();
  return (
    <Field id={id} label={t('typeName', { name })} help={t('typeNameHelp')}>
      <input
        id={id}
        type="text"
        value={value}
        autoComplete="off"
        spellCheck={false}
        aria-describedby={`${id}-help`}
        onChange={(event) => onChange(event.target.value)}
        className={inputClass}
      />
    </Field>
  );
}
