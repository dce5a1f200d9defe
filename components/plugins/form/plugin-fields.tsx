'use client';

import Form from '@rjsf/core/lib/components/Form.js';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { FormContext } from '@/components/plugins/form/context';
import { templates } from '@/components/plugins/form/templates';
import { widgets } from '@/components/plugins/form/widgets';
import { YamlField } from '@/components/plugins/form/yaml-field';
import { fieldErrorWords } from '@/components/plugins/words';
import type { PluginForm } from '@/lib/plugins/rules/form/form';
import { formDataOf, withFormData } from '@/lib/plugins/rules/form/form-data';
import { formSchemaOf } from '@/lib/plugins/rules/form/form-schema';
import { conditionValidator, errorSchemaOf } from '@/lib/plugins/rules/form/rjsf';
import type { FormError } from '@/lib/plugins/rules/form/validate';
import type { Json } from '@/lib/plugins/rules/json';

const fields = { yaml: YamlField };

/** The fields of a plugin's form at a value. */
export function PluginFields({
  form,
  value,
  errors,
  context,
  onChange,
}: {
  form: PluginForm;
  value: Json;
  /** Those that are to be shown. */
  errors: readonly FormError[];
  context: FormContext;
  onChange: (value: Json) => void;
}) {
  const t = useTranslations('plugins');
  const { schema, uiSchema } = useMemo(() => formSchemaOf(form, value), [form, value]);
  const formData = useMemo(() => formDataOf(form, value), [form, value]);
  return (
    <Form
      // The page's own form holds it and sends it.
      tagName="div"
      idPrefix="config"
      schema={schema}
      uiSchema={uiSchema}
      formData={formData}
      formContext={context}
      validator={conditionValidator}
      noValidate
      showErrorList={false}
      extraErrors={errorSchemaOf(errors, (error) => fieldErrorWords(t, error))}
      widgets={widgets}
      fields={fields}
      templates={templates}
      onChange={({ formData: edited }) => {
        const next = withFormData(form, value, edited);
        if (next !== value) onChange(next);
      }}
    />
  );
}
