import { sameJson } from '../json';
import { pointer, valueAt } from '../path';
import type { FormField, PluginForm } from './form';

/** What a newer version asks differently. */
export interface DefinitionChanges {
  added: { label: string; path: string[] }[];
  removed: { label: string; path: string[] }[];
  /** Fields of both whose default is another one. */
  defaults: { label: string; path: string[]; before: unknown; after: unknown }[];
}

/** Compares two versions' forms by the paths of their fields, whatever they are called. */
export function definitionChanges(before: PluginForm, after: PluginForm): DefinitionChanges {
  const known = byPath(before);
  const now = byPath(after);
  const named = ({ label, path }: FormField) => ({ label, path: [...path] });
  return {
    added: [...now].filter(([path]) => !known.has(path)).map(([, field]) => named(field)),
    removed: [...known].filter(([path]) => !now.has(path)).map(([, field]) => named(field)),
    defaults: [...now].flatMap(([path, field]) => {
      if (!known.has(path)) return [];
      const [old, fresh] = [before, after].map((form) => valueAt(form.defaults, field.path));
      return sameJson(old, fresh) ? [] : [{ ...named(field), before: old, after: fresh }];
    }),
  };
}

function byPath({ fields }: PluginForm): Map<string, FormField> {
  return new Map(fields.filter(({ hidden }) => !hidden).map((field) => [pointer(field.path), field]));
}
