import { isRecord, members, record, text } from '../json';
import { pointer, valueAt } from '../path';
import type { FormField, FormLanguage, PluginForm } from './form';
import { pick } from './make-field';

const MAX_SIZES = 50;
const path = ['size'];

/**
 * The choice of a size, `uiContext.sizeSettings`: stored in `config.size`, as the monitoring plugins'
 * published installations have it. The platform knows the resources of each size itself.
 * What descriptors say of that path stands.
 */
export function addSizeField(form: PluginForm, uiContext: unknown): void {
  const settings = record(record(uiContext).sizeSettings);
  const options = members(settings.sizes, (size) => optionOf(size, form.language), MAX_SIZES);
  if (options.length === 0) return;
  const known = form.fields.find((field) => pointer(field.path) === pointer(path));
  if (known && form.source === 'descriptors') return;
  const stored = valueAt(form.defaults, path);
  // What is not a word can't be the name of a size.
  if (stored !== undefined && typeof stored !== 'string') return;
  const preset = text(settings.default);
  if (stored === undefined && options.some(({ value }) => value === preset)) form.defaults.size = preset;
  const tip = isRecord(settings.quotaTip) ? settings.quotaTip : {};
  const description = pick({ en: text(tip.en), zh: text(tip.zh) }, form.language);
  const field: FormField = {
    key: pointer(path),
    path,
    label: 'size',
    ...(description ? { description } : {}),
    control: 'radio',
    multiple: false,
    options,
    limits: { required: false },
    hidden: false,
    readOnly: form.purpose === 'edit',
    advanced: false,
    conditions: [],
    items: [],
  };
  if (known) Object.assign(known, field);
  else if (form.purpose !== 'upgrade') form.fields.unshift(field);
}

function optionOf(size: unknown, language: FormLanguage): FormField['options'][number] | undefined {
  const value = text(record(size).size);
  if (!value) return undefined;
  const of = (key: 'name' | 'description') => {
    const texts = record(record(size)[key]);
    return pick({ en: text(texts.en), zh: text(texts.zh) }, language);
  };
  const name = of('name') || value;
  const description = of('description');
  return { value, label: description ? `${name} (${description})` : name };
}
