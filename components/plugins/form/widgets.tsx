'use client';

import type { RegistryWidgetsType, WidgetProps } from '@rjsf/utils';
import { contextOf } from '@/components/plugins/form/context';
import { TagsInput } from '@/components/plugins/form/tags-input';
import { Checkbox } from '@/components/ui/checkbox';
import { cn } from '@/components/ui/cn';
import { describedBy } from '@/components/ui/field';
import { inputClass } from '@/components/ui/input-class';
import { Select } from '@/components/ui/select';
import { Switch } from '@/components/ui/switch';
import type { ResourcePicker } from '@/lib/plugins/rules/form/resource-picker';

/** What every control of a field shares: its id, and what describes it. */
export function controlProps({
  id,
  rawErrors,
  schema,
  required,
}: Pick<WidgetProps, 'id' | 'rawErrors' | 'schema' | 'required'>) {
  return {
    id,
    'aria-describedby': describedBy(id, rawErrors?.[0], schema.description),
    'aria-invalid': (rawErrors && rawErrors.length > 0) || undefined,
    'aria-required': required || undefined,
  };
}

function TextWidget(props: WidgetProps) {
  const { value, onChange, readonly, disabled, placeholder, options, schema } = props;
  const isNumber = schema.type === 'number' || schema.type === 'integer';
  const type = isNumber ? 'number' : options.inputType === 'password' ? 'password' : 'text';
  return (
    <input
      {...controlProps(props)}
      type={type}
      step={isNumber ? 'any' : undefined}
      value={value ?? ''}
      placeholder={placeholder}
      readOnly={readonly || disabled}
      autoComplete={type === 'password' ? 'new-password' : 'off'}
      spellCheck={false}
      onChange={(event) => onChange(event.target.value === '' && isNumber ? undefined : event.target.value)}
      className={cn(
        inputClass,
        'read-only:bg-subtle read-only:text-muted',
        isNumber && 'max-w-48 tabular-nums',
      )}
    />
  );
}

function PasswordWidget(props: WidgetProps) {
  return <TextWidget {...props} options={{ ...props.options, inputType: 'password' }} />;
}

function TextareaWidget(props: WidgetProps) {
  const { value, onChange, readonly, disabled, placeholder } = props;
  return (
    <textarea
      {...controlProps(props)}
      rows={4}
      value={value ?? ''}
      placeholder={placeholder}
      readOnly={readonly || disabled}
      spellCheck={false}
      onChange={(event) => onChange(event.target.value)}
      className={cn(
        inputClass,
        'h-auto py-2 font-mono text-small leading-5 read-only:bg-subtle read-only:text-muted',
      )}
    />
  );
}

function SelectWidget(props: WidgetProps) {
  const { value, onChange, readonly, disabled, required, options, placeholder } = props;
  const choices = options.enumOptions ?? [];
  const isKnown = choices.some((choice) => choice.value === value);
  return (
    <Select
      {...controlProps(props)}
      value={isKnown ? value : ''}
      disabled={readonly || disabled}
      onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
    >
      {(!isKnown || !required) && <option value="">{placeholder || '–'}</option>}
      {choices.map((choice) => (
        <option key={String(choice.value)} value={String(choice.value)}>
          {choice.label}
        </option>
      ))}
    </Select>
  );
}

function RadioWidget(props: WidgetProps) {
  const { id, label, value, onChange, readonly, disabled, options } = props;
  const { id: _, 'aria-required': required, ...described } = controlProps(props);
  return (
    <div
      role="radiogroup"
      id={id}
      aria-label={label}
      aria-required={required}
      {...described}
      className="flex flex-wrap gap-x-5 gap-y-1.5"
    >
      {(options.enumOptions ?? []).map((choice, index) => (
        <span key={String(choice.value)} className="inline-flex min-h-6 items-center gap-2">
          <input
            type="radio"
            id={`${id}-${index}`}
            name={id}
            checked={choice.value === value}
            disabled={readonly || disabled}
            onChange={() => onChange(choice.value)}
            className="size-4 shrink-0 cursor-pointer appearance-none rounded-full border border-line-control bg-panel checked:border-[5px] checked:border-accent-solid disabled:cursor-not-allowed disabled:bg-line"
          />
          <label htmlFor={`${id}-${index}`}>{choice.label}</label>
        </span>
      ))}
    </div>
  );
}

function CheckboxesWidget(props: WidgetProps) {
  const { id, label, value, onChange, readonly, disabled, options } = props;
  const ticked: unknown[] = Array.isArray(value) ? value : [];
  const { id: _, 'aria-required': _required, 'aria-invalid': _invalid, ...described } = controlProps(props);
  return (
    <fieldset
      id={id}
      aria-label={label}
      {...described}
      disabled={readonly || disabled}
      className="flex flex-wrap gap-x-5 gap-y-1"
    >
      {(options.enumOptions ?? []).map((choice) => (
        <Checkbox
          key={String(choice.value)}
          label={choice.label}
          checked={ticked.includes(choice.value)}
          onChange={(on) =>
            onChange(on ? [...ticked, choice.value] : ticked.filter((other) => other !== choice.value))
          }
        />
      ))}
    </fieldset>
  );
}

function SwitchWidget(props: WidgetProps) {
  const { value, onChange, readonly, disabled } = props;
  const { 'aria-required': _, ...control } = controlProps(props);
  return <Switch {...control} checked={value === true} disabled={readonly || disabled} onChange={onChange} />;
}

function CheckboxWidget({ label, value, onChange }: WidgetProps) {
  return <Checkbox label={label} checked={value === true} onChange={onChange} />;
}

function TagsWidget(props: WidgetProps) {
  const { value, onChange, readonly, disabled, label } = props;
  const { 'aria-required': _, ...control } = controlProps(props);
  return (
    <TagsInput
      {...control}
      label={label}
      values={Array.isArray(value) ? value.map(String) : []}
      onChange={onChange}
      readOnly={readonly || disabled}
    />
  );
}

function ResourceWidget(props: WidgetProps) {
  const { id, label, value, onChange, readonly, disabled, options, registry, rawErrors, schema } = props;
  return contextOf(registry).resourceField({
    id,
    label,
    // `uiOf` puts the picker of the descriptor here.
    resource: options.resource as ResourcePicker,
    multiple: options.multiple === true,
    value,
    onChange,
    readOnly: readonly === true || disabled === true,
    invalid: rawErrors !== undefined && rawErrors.length > 0,
    describedBy: describedBy(id, rawErrors?.[0], schema.description),
  });
}

/** The controls of the form, in the kit's look, by the names that `formSchemaOf` uses. */
export const widgets: RegistryWidgetsType = {
  TextWidget,
  PasswordWidget,
  TextareaWidget,
  SelectWidget,
  RadioWidget,
  CheckboxesWidget,
  CheckboxWidget,
  UpDownWidget: TextWidget,
  switch: SwitchWidget,
  tags: TagsWidget,
  resource: ResourceWidget,
};
