import type { Registry } from '@rjsf/utils';
import type { ReactNode } from 'react';
import type { ResourcePicker } from '@/lib/plugins/rules/form/resource-picker';

/** What a field for objects of a cluster needs to be drawn. */
export interface ResourceFieldProps {
  id: string;
  resource: ResourcePicker;
  multiple: boolean;
  value: unknown;
  onChange: (value: unknown) => void;
  label: string;
  readOnly: boolean;
  invalid: boolean;
  describedBy: string | undefined;
}

/** What the page gives the form: components fetch nothing. */
export interface FormContext {
  resourceField: (props: ResourceFieldProps) => ReactNode;
}

/** The form's own context; rjsf types it as anything, and only `PluginFields` sets it. */
export function contextOf(registry: Registry): FormContext {
  return registry.formContext as FormContext;
}
