'use client';

import { useMemo, useState } from 'react';
import { type ConfigTextError, readConfigText } from '@/lib/plugins/rules/form/config-text';
import type { PluginForm } from '@/lib/plugins/rules/form/form';
import { type FormError, validate } from '@/lib/plugins/rules/form/validate';
import { configPatch, initialValue, toConfig } from '@/lib/plugins/rules/form/values';
import { type Json, mergePatched, record } from '@/lib/plugins/rules/json';
import { toYaml } from '@/lib/plugins/rules/manifests';

/** One configuration under way, and the three ways to look at it. */
export interface ConfigDraft {
  form: PluginForm;
  value: Json;
  /** What would be sent, as YAML; while it is being typed, exactly what was typed. */
  yaml: string;
  /** Why what was typed can't be read; the value is then the last one that could. */
  yamlError: ConfigTextError | undefined;
  errors: FormError[];
  touched: boolean;
  change: (value: Json) => void;
  changeYaml: (text: string) => void;
  reset: () => void;
}

interface Edited {
  /** The form that it was entered in. */
  form: PluginForm;
  value: Json;
  yaml?: string;
  yamlError?: ConfigTextError;
}

/**
 * What a reader enters into a form. Only what they changed is kept: with another version's form, or after a live
 * change of the installation, it stands on the new defaults.
 */
export function useConfigDraft(form: PluginForm, installed?: Json): ConfigDraft {
  const [edited, setEdited] = useState<Edited>();
  const initial = useMemo(() => initialValue(form, installed), [form, installed]);
  const value = useMemo(() => {
    if (!edited) return initial;
    if (edited.form === form) return edited.value;
    return record(mergePatched(initial, configPatch(initialValue(edited.form, installed), edited.value)));
  }, [edited, form, initial, installed]);
  const current = edited?.form === form ? edited : undefined;
  return {
    form,
    value,
    yaml: current?.yaml ?? toYaml(toConfig(form, value)),
    yamlError: current?.yamlError,
    errors: useMemo(() => validate(form, value), [form, value]),
    touched: edited !== undefined,
    change: (next) => setEdited({ form, value: next }),
    changeYaml: (yaml) => {
      const { value: next, error } = readConfigText(yaml);
      setEdited({ form, value: next ?? value, yaml, ...(error ? { yamlError: error } : {}) });
    },
    reset: () => setEdited(undefined),
  };
}
