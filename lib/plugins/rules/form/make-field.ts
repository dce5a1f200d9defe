import { type Path, pointer } from '../path';
import { controlFor, storedTypeOf } from './controls';
import type { ByLanguage, Descriptor } from './descriptor';
import type { FormField, FormLanguage, FormNote } from './form';
import { asPattern } from './pattern';
import { conditionsOf } from './place-conditions';

export type Note = (code: FormNote['code'], path: string, text?: string) => void;

/** Keys of the fields of one form or list; several descriptors may share a path. */
export class FieldKeys {
  readonly #counts = new Map<string, number>();

  next(path: Path): string {
    const key = pointer(path);
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    return count === 1 ? key : `${key}#${count}`;
  }
}

/**
 * The field of a descriptor.
 * @param stored the value that the default configuration has there; it decides the type
 */
export function makeField(
  descriptor: Descriptor,
  place: { key: string; path: Path; stored: unknown },
  language: FormLanguage,
  note: Note,
): FormField {
  const { key, path, stored } = place;
  const control = controlFor(descriptor, stored);
  if ((descriptor.capability === 'select' || descriptor.capability === 'radio') && control === 'text') {
    note('no-options', descriptor.path);
  }
  const { pattern, ...limits } = descriptor.validation;
  const isPatternUsable = pattern !== undefined && asPattern(pattern) !== undefined;
  if (pattern !== undefined && !isPatternUsable) note('pattern-not-understood', descriptor.path, pattern);
  const storedAs = storedTypeOf(control, stored);
  const placeholder = pick(descriptor.placeholder, language);
  const tooltip = pick(descriptor.tooltip, language);
  return {
    key,
    path,
    ...textsOf(descriptor, path, language),
    ...(placeholder ? { placeholder } : {}),
    ...(tooltip ? { tooltip } : {}),
    control,
    ...(storedAs ? { storedAs } : {}),
    multiple:
      control === 'tags' ||
      ((control === 'resource' || control === 'select') && (descriptor.multiple || Array.isArray(stored))),
    options: descriptor.options.map(({ value, label }) => ({ value, label: pick(label, language) || value })),
    ...(descriptor.resource && control === 'resource' ? { resource: descriptor.resource } : {}),
    limits: { ...limits, required: limits.required ?? false, ...(isPatternUsable ? { pattern } : {}) },
    hidden: descriptor.hidden,
    readOnly: descriptor.disabled,
    advanced: descriptor.advanced,
    conditions: conditionsOf(descriptor),
    items: [],
  };
}

/** Label and description in the reader's language, else the other one, else as OLM has them, else the key. */
export function textsOf(
  descriptor: Descriptor,
  path: Path,
  language: FormLanguage,
): { label: string; description?: string } {
  const description = pick(descriptor.description, language) || descriptor.plainDescription;
  return {
    label: pick(descriptor.label, language) || descriptor.displayName || (path.at(-1) ?? ''),
    ...(description ? { description } : {}),
  };
}

/** The text in a language; the other one stands in where it is missing. */
export function pick(texts: ByLanguage, language: FormLanguage): string {
  return (language === 'zh' ? texts.zh || texts.en : texts.en || texts.zh) ?? '';
}
