'use client';

import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import type { FormContext } from '@/components/plugins/form/context';
import { DifferenceTable } from '@/components/plugins/form/difference-table';
import { FormNotes } from '@/components/plugins/form/form-notes';
import type { ConfigDraft } from '@/components/plugins/form/use-config-draft';
import { configTextWords } from '@/components/plugins/words';
import { cn } from '@/components/ui/cn';
import { FieldNotes } from '@/components/ui/field';
import { inputClass } from '@/components/ui/input-class';
import { Notice } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import { Tabs } from '@/components/ui/tabs';
import { differenceToDefault } from '@/lib/plugins/rules/form/values';

const PluginFields = dynamic(
  () => import('@/components/plugins/form/plugin-fields').then((module) => module.PluginFields),
  { ssr: false, loading: () => <FieldsSkeleton /> },
);

const views = ['form', 'yaml', 'difference'] as const;

/** A configuration as a form, as YAML and as what differs from the defaults: three views of one value. */
export function ConfigEditor({
  draft,
  attempted,
  context,
}: {
  draft: ConfigDraft;
  /** Whether the reader has tried to send it: until then, what is merely not filled in is not told. */
  attempted: boolean;
  context: FormContext;
}) {
  const plugins = useTranslations('plugins');
  const t = useTranslations('plugins.form');
  const hasFields = draft.form.fields.some(({ hidden }) => !hidden);
  const [view, setView] = useState<(typeof views)[number]>(hasFields ? 'form' : 'yaml');
  const errors = draft.errors.filter(({ code }) => attempted || (draft.touched && code !== 'required'));
  const content = {
    form: hasFields ? (
      <PluginFields
        form={draft.form}
        value={draft.value}
        errors={errors}
        context={context}
        onChange={draft.change}
      />
    ) : (
      <p className="text-muted">{t('none')}</p>
    ),
    yaml: <YamlView draft={draft} />,
    difference: <DifferenceTable differences={differenceToDefault(draft.form, draft.value)} />,
  };
  return (
    <div className="min-w-0">
      <Tabs
        label={t('views')}
        value={view}
        onChange={setView}
        items={views.map((value) => ({
          value,
          label: t(`view.${value}`),
          content: (
            <div className="flex flex-col gap-4">
              {draft.yamlError && value !== 'yaml' && (
                <Notice tone="failed" title={t('yamlBroken')}>
                  {configTextWords(plugins, draft.yamlError)}
                </Notice>
              )}
              {content[value]}
              {value === 'form' && <FormNotes notes={draft.form.notes} />}
            </div>
          ),
        }))}
      />
    </div>
  );
}

function YamlView({ draft }: { draft: ConfigDraft }) {
  const plugins = useTranslations('plugins');
  const t = useTranslations('plugins.form');
  const id = useId();
  const error = draft.yamlError && configTextWords(plugins, draft.yamlError);
  return (
    <div className="flex flex-col gap-1.5">
      <textarea
        id={id}
        aria-label={t('yamlLabel')}
        aria-describedby={draft.yamlError ? `${id}-error` : `${id}-help`}
        aria-invalid={draft.yamlError !== undefined || undefined}
        rows={Math.min(24, Math.max(8, draft.yaml.split('\n').length + 1))}
        value={draft.yaml}
        spellCheck={false}
        onChange={(event) => draft.changeYaml(event.target.value)}
        className={cn(inputClass, 'h-auto py-2 font-mono text-small leading-5')}
      />
      <FieldNotes id={id} help={t('yamlHelp')} error={error} />
    </div>
  );
}

function FieldsSkeleton() {
  return (
    <div aria-busy="true" className="flex flex-col gap-5">
      {[0, 1, 2].map((row) => (
        <div key={row} className="flex flex-col gap-2">
          <Skeleton className="w-32" />
          <Skeleton className="h-9 w-full rounded-control" />
        </div>
      ))}
    </div>
  );
}
