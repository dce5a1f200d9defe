'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import type { FormContext, ResourceFieldProps } from '@/components/plugins/form/context';
import { TagsInput } from '@/components/plugins/form/tags-input';
import { Combobox } from '@/components/ui/combobox';
import { inputClass } from '@/components/ui/input-class';
import { problemOf } from '@/components/ui/problem-of';
import { resourceOptionsQuery } from '@/lib/plugins/queries';

/** How a plugin's form on a cluster draws fields for objects. */
export function formContextOf(cluster: string, plugin: string): FormContext {
  return {
    resourceField: (props) => <ResourceField key={props.id} {...props} cluster={cluster} plugin={plugin} />,
  };
}

/** A field whose options are objects of a cluster, as they are now. Where they can't be listed, a name is typed. */
function ResourceField({
  cluster,
  plugin,
  resource: { kind, global, namespace, labelSelector, fieldSelector },
  id,
  label,
  value,
  onChange,
  multiple,
  readOnly,
  invalid,
  describedBy,
}: ResourceFieldProps & { cluster: string; plugin: string }) {
  const t = useTranslations('plugins.form');
  const { data, error } = useQuery({
    ...resourceOptionsQuery(cluster, plugin, {
      kind,
      ...(global ? { global: 'true' as const } : {}),
      ...(namespace ? { namespace } : {}),
      ...(labelSelector ? { labelSelector } : {}),
      ...(fieldSelector ? { fieldSelector } : {}),
    }),
    enabled: !readOnly,
  });
  const options = [...new Set((data?.items ?? []).map(({ name }) => name))];
  const text = typeof value === 'string' ? value : '';
  return (
    <>
      {multiple ? (
        <TagsInput
          id={id}
          label={label}
          values={Array.isArray(value) ? value.map(String) : []}
          onChange={onChange}
          options={readOnly ? undefined : options}
          readOnly={readOnly}
          aria-describedby={describedBy}
          aria-invalid={invalid || undefined}
        />
      ) : readOnly ? (
        <input id={id} readOnly value={text} aria-describedby={describedBy} className={inputClass} />
      ) : (
        <Combobox
          id={id}
          value={text}
          onChange={(next) => onChange(next || undefined)}
          options={options}
          describedBy={describedBy}
          invalid={invalid}
          placeholder={t('chooseResource', { kind })}
        />
      )}
      {error && (
        <p className="text-small text-waiting">
          {t('optionsUnread', { kind })} {problemOf(error)?.detail}
        </p>
      )}
      {data?.truncated && (
        <p className="text-small text-muted">{t('optionsTruncated', { count: options.length })}</p>
      )}
    </>
  );
}
