'use client';

import type { FieldProps } from '@rjsf/utils';
import { useState } from 'react';
import { parseDocument } from 'yaml';
import { controlProps } from '@/components/plugins/form/widgets';
import { cn } from '@/components/ui/cn';
import { inputClass } from '@/components/ui/input-class';
import { sameJson } from '@/lib/plugins/rules/json';
import { toYaml } from '@/lib/plugins/rules/manifests';

/** A part of the configuration as YAML. What can't be read stays text, which the form's validation names. */
export function YamlField({
  fieldPathId,
  formData,
  onChange,
  uiSchema,
  readonly,
  disabled,
  rawErrors,
  schema,
  required,
}: FieldProps) {
  const plain = uiSchema?.['ui:options']?.plain === true;
  const [typed, setTyped] = useState<{ text: string; value: unknown }>();
  // Only what came from somewhere else replaces what is being typed.
  const text = typed && sameJson(typed.value, formData) ? typed.text : textOf(formData, plain);
  return (
    <textarea
      {...controlProps({ id: fieldPathId.$id, rawErrors, schema, required })}
      rows={Math.min(14, Math.max(4, text.split('\n').length))}
      value={text}
      readOnly={readonly || disabled}
      spellCheck={false}
      onChange={({ target }) => {
        const value = plain ? target.value : readYaml(target.value);
        setTyped({ text: target.value, value });
        onChange(value, fieldPathId.path);
      }}
      className={cn(
        inputClass,
        'h-auto py-2 font-mono text-small leading-5 read-only:bg-subtle read-only:text-muted',
      )}
    />
  );
}

function textOf(value: unknown, plain: boolean): string {
  if (value === undefined) return '';
  return plain || typeof value === 'string' ? String(value) : toYaml(value);
}

function readYaml(text: string): unknown {
  if (text.trim() === '') return undefined;
  const document = parseDocument(text);
  if (document.errors.length > 0) return text;
  try {
    return document.toJS({ maxAliasCount: 20 });
  } catch {
    return text;
  }
}
