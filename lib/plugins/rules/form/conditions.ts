import { isRecord, type Json } from '../json';
import { isWithin, pointer, valueAt } from '../path';
import type { Condition, FormField, FormNote, PluginForm } from './form';

/**
 * Drops the conditions through which fields depend on themselves, so that none of them can hide the
 * others for ever, and notes which fields those are.
 */
export function breakCircles(fields: readonly FormField[]): FormNote[] {
  const byPath = new Map<string, FormField[]>();
  for (const field of fields) {
    const key = pointer(field.path);
    byPath.set(key, [...(byPath.get(key) ?? []), field]);
  }
  const component = components(fields, (field) =>
    field.conditions.flatMap(({ path }) => byPath.get(pointer(path)) ?? []),
  );
  const notes: FormNote[] = [];
  for (const field of fields) {
    const free = field.conditions.filter(
      ({ path }) =>
        !(byPath.get(pointer(path)) ?? []).some(
          (selector) => selector === field || component.get(selector) === component.get(field),
        ),
    );
    if (free.length < field.conditions.length) {
      notes.push({ code: 'dependency-circle', path: field.path.join('.'), text: '' });
      field.conditions = free;
    }
  }
  return notes;
}

/** Strongly connected components (Tarjan), without recursion: foreign forms can be deep. */
function components(
  fields: readonly FormField[],
  targets: (field: FormField) => FormField[],
): Map<FormField, number> {
  const order = new Map<FormField, number>();
  const low = new Map<FormField, number>();
  const result = new Map<FormField, number>();
  const stack: FormField[] = [];
  let found = 0;
  for (const root of fields) {
    if (order.has(root)) continue;
    const work: { field: FormField; rest: FormField[] }[] = [];
    const enter = (field: FormField) => {
      order.set(field, order.size);
      low.set(field, order.size - 1);
      stack.push(field);
      work.push({ field, rest: targets(field) });
    };
    enter(root);
    for (let top = work.at(-1); top; top = work.at(-1)) {
      const { field, rest } = top;
      const next = rest.pop();
      if (next) {
        if (!order.has(next)) enter(next);
        else if (!result.has(next)) low.set(field, Math.min(low.get(field) ?? 0, order.get(next) ?? 0));
        continue;
      }
      work.pop();
      const parent = work.at(-1)?.field;
      if (parent) low.set(parent, Math.min(low.get(parent) ?? 0, low.get(field) ?? 0));
      if (low.get(field) !== order.get(field)) continue;
      for (let member = stack.pop(); member; member = stack.pop()) {
        result.set(member, found);
        if (member === field) break;
      }
      found++;
    }
  }
  return result;
}

/** Whether a condition holds for a configuration; a value that is not there counts as off and empty. */
export function holds({ path, values }: Condition, value: unknown): boolean {
  const current = valueAt(value, path);
  if (current === undefined || current === null) return values.includes('') || values.includes('false');
  if (Array.isArray(current)) return current.some((member) => values.includes(String(member)));
  return !isRecord(current) && values.includes(String(current));
}

/**
 * The fields whose conditions hold, hidden ones too. A field whose selector is not there itself is not
 * there either.
 */
export function matchingFields(form: Pick<PluginForm, 'fields'>, value: unknown): Set<FormField> {
  return matchingOf(form.fields, value, value);
}

/** Fields of one member of a list: conditions mean the member itself, else the whole configuration. */
export function matchingItems(list: FormField, member: unknown, value: unknown): Set<FormField> {
  return matchingOf(list.items, member, value, list);
}

function matchingOf(
  fields: readonly FormField[],
  own: unknown,
  whole: unknown,
  list?: FormField,
): Set<FormField> {
  const selectors = new Map<string, FormField[]>();
  for (const field of fields) {
    const key = pointer(field.path);
    selectors.set(key, [...(selectors.get(key) ?? []), field]);
  }
  const known = new Map<FormField, boolean>();
  const matches = (field: FormField): boolean => {
    const before = known.get(field);
    if (before !== undefined) return before;
    // Circles are broken when a form is built; this only makes sure that none can hang a page.
    known.set(field, true);
    const answer = field.conditions.every((condition) => {
      const local =
        list && isWithin(condition.path, list.path) ? condition.path.slice(list.path.length) : condition.path;
      const selector = selectors.get(pointer(local));
      if (!selector) return holds(condition, whole);
      return holds({ ...condition, path: local }, own) && selector.some(matches);
    });
    known.set(field, answer);
    return answer;
  };
  return new Set(fields.filter(matches));
}

/** Subtrees of the configuration whose selector has another value. */
export function unmatchedBranches(form: PluginForm, value: Json): PluginForm['branches'] {
  return form.branches.filter(
    (branch) =>
      !form.branches.some(
        (other) => pointer(other.path) === pointer(branch.path) && holds(other.condition, value),
      ),
  );
}
