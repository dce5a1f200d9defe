import { isRecord, type Json, members, text } from '../json';
import type { ByLanguage, Capability, Descriptor } from './descriptor';

const controls: Record<string, Capability> = {
  boolean: 'switch',
  switch: 'switch',
  string: 'text',
  text: 'text',
  textarea: 'textarea',
  number: 'number',
  integer: 'number',
  int: 'number',
  password: 'password',
  yaml: 'yaml',
  object: 'yaml',
  select: 'select',
  radio: 'radio',
};

/**
 * Reads an entry without `x-descriptors`, as an early guide for authors of plugins writes them:
 * `{name, type, label: {en, zh}, description: {en, zh}, default, required, options}`.
 */
export function takePlain(descriptor: Descriptor, entry: Json): void {
  const type = text(entry.type).toLowerCase();
  if (Object.hasOwn(controls, type)) descriptor.capability = controls[type];
  takeTexts(descriptor.label, entry.label);
  takeTexts(descriptor.description, entry.description);
  if (entry.required === true) descriptor.validation.required = true;
  if (entry.default !== undefined) {
    descriptor.default = typeof entry.default === 'string' ? entry.default : JSON.stringify(entry.default);
  }
  descriptor.options.push(...members(entry.options, optionOf));
}

function takeTexts(texts: ByLanguage, value: unknown): void {
  if (!isRecord(value)) return;
  if (text(value.en)) texts.en = text(value.en);
  if (text(value.zh)) texts.zh = text(value.zh);
}

function optionOf(option: unknown): Descriptor['options'][number] | undefined {
  const value = isRecord(option) ? option.value : option;
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return undefined;
  return { value: String(value), label: {} };
}
