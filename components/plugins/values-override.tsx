'use client';

import { useTranslations } from 'next-intl';
import { cn } from '@/components/ui/cn';
import { Disclosure } from '@/components/ui/disclosure';
import { describedBy, FieldNotes } from '@/components/ui/field';
import { inputClass } from '@/components/ui/input-class';

/** Values that are handed to the plugin's charts as they are. */
export function ValuesOverride({
  text,
  error,
  onChange,
}: {
  text: string;
  error: string | undefined;
  onChange: (text: string) => void;
}) {
  const t = useTranslations('plugins');
  return (
    <Disclosure label={t('advanced')}>
      <div className="flex flex-col gap-1.5">
        <label htmlFor="values-override" className="font-mono text-small font-medium">
          valuesOverride
        </label>
        <textarea
          id="values-override"
          aria-describedby={describedBy('values-override', error, true)}
          aria-invalid={error !== undefined || undefined}
          rows={6}
          value={text}
          spellCheck={false}
          placeholder={'ait/chart-name:\n  replicas: 2'}
          onChange={(event) => onChange(event.target.value)}
          className={cn(inputClass, 'h-auto py-2 font-mono text-small leading-5')}
        />
        <FieldNotes id="values-override" help={t('valuesHelp')} error={error} />
      </div>
    </Disclosure>
  );
}
