import { cloneJson, isRecord, type Json, record, sameJson } from '../json';
import { hasPath, setAt, valueAt, withoutPath, withValue } from '../path';
import { matchingFields } from './conditions';
import { scalarShown, scalarStored } from './controls';
import type { FormField, PluginForm } from './form';

/** Where a member of a list keeps what no descriptor names, so that it survives being moved. */
const MEMBER_BASE = '#base';

/** Key of the object in which a field stands: of its group, of the advanced fold, or none. */
export function sectionsOf(field: Pick<FormField, 'advanced' | 'group'>): string[] {
  return [...(field.advanced ? ['advanced'] : []), ...(field.group ? [`group:${field.group}`] : [])];
}

/** The configuration as the form library holds it: values by field key, in the objects of their sections. */
export function formDataOf(form: PluginForm, value: Json): Json {
  const data: Json = {};
  for (const field of matchingFields(form, value)) {
    if (field.hidden) continue;
    const shown = shownValue(field, value);
    if (shown !== undefined) setAt(data, [...sectionsOf(field), field.key], shown);
  }
  return data;
}

/**
 * The configuration after an edit in the form. Fields that the reader did not touch keep exactly what
 * they had, in whatever type.
 * @param formData as `formDataOf` makes it, edited
 */
export function withFormData(form: PluginForm, value: Json, formData: unknown): Json {
  let next = value;
  for (const field of matchingFields(form, value)) {
    if (field.hidden || field.readOnly) continue;
    const shown = valueAt(record(formData), [...sectionsOf(field), field.key]);
    if (sameJson(shown, shownValue(field, value))) continue;
    const stored = storedValue(
      field,
      shown,
      valueAt(form.defaults, field.path),
      hasPath(form.defaults, field.path),
    );
    next = stored === undefined ? withoutPath(next, field.path) : withValue(next, field.path, stored);
  }
  return next;
}

function shownValue(field: FormField, root: unknown): unknown {
  const stored = valueAt(root, field.path);
  const { control } = field;
  if (control === 'yaml') return stored;
  if (control === 'list') {
    return Array.isArray(stored) ? stored.map((member) => shownMember(field, member)) : undefined;
  }
  if (control === 'resources') return isRecord(stored) ? shownResources(stored) : undefined;
  if (!field.multiple) return scalarShown(control, stored);
  return Array.isArray(stored) ? stored.map((member) => scalarShown('text', member) ?? '') : undefined;
}

function shownMember(list: FormField, member: unknown): Json {
  const shown: Json = { [MEMBER_BASE]: member };
  for (const item of list.items) {
    const own = shownValue(item, member);
    if (own !== undefined) shown[item.key] = own;
  }
  return shown;
}

/** Amounts may be written as numbers; the form shows text. */
function shownResources(stored: Json): Json {
  return Object.fromEntries(
    Object.entries(stored).map(([side, amounts]) => [
      side,
      isRecord(amounts)
        ? Object.fromEntries(
            Object.entries(amounts).map(([name, amount]) => [
              name,
              typeof amount === 'number' ? String(amount) : amount,
            ]),
          )
        : amounts,
    ]),
  );
}

/** `undefined` means that the key goes. */
function storedValue(field: FormField, shown: unknown, preset: unknown, hasPreset: boolean): unknown {
  if (field.control === 'yaml') return shown === undefined && hasPreset ? emptyOf(preset) : shown;
  if (field.control === 'list') {
    if (!Array.isArray(shown)) return hasPreset ? [] : undefined;
    return shown.map((member) => storedMember(field, member));
  }
  if (field.control === 'resources') {
    const amounts = filledAmounts(shown);
    if (Object.keys(amounts).length > 0) return amounts;
    return hasPreset ? emptyOf(preset) : undefined;
  }
  if (field.multiple) {
    if (!Array.isArray(shown)) return hasPreset ? [] : undefined;
    return shown
      .filter((one) => one !== undefined && one !== '')
      .map((one) => scalarStored(field.storedAs, one));
  }
  if (shown === undefined || shown === '') {
    // An emptied text is an empty text; for every other type the platform has its default.
    if (hasPreset && (preset === '' || preset === null)) return preset;
    return hasPreset && typeof preset === 'string' ? '' : undefined;
  }
  return scalarStored(field.storedAs, shown);
}

function storedMember(list: FormField, member: unknown): unknown {
  if (!isRecord(member)) return member;
  const base = member[MEMBER_BASE];
  let stored: Json = isRecord(base) ? cloneJson(base) : {};
  for (const item of list.items) {
    const shown = Object.hasOwn(member, item.key) ? member[item.key] : undefined;
    if (isRecord(base) && sameJson(shown, shownValue(item, base))) continue;
    const value = storedValue(item, shown, undefined, false);
    stored = value === undefined ? withoutPath(stored, item.path) : withValue(stored, item.path, value);
  }
  return stored;
}

function filledAmounts(shown: unknown): Json {
  const sides = Object.entries(record(shown)).flatMap(([side, amounts]) => {
    if (!isRecord(amounts)) return [];
    const filled = Object.entries(amounts).filter(([, amount]) => amount !== undefined && amount !== '');
    return filled.length > 0 ? [[side, Object.fromEntries(filled)] as const] : [];
  });
  return Object.fromEntries(sides);
}

function emptyOf(preset: unknown): unknown {
  if (Array.isArray(preset)) return [];
  return isRecord(preset) ? {} : preset === '' || preset === null ? preset : undefined;
}
