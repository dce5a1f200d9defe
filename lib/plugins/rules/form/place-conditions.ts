import { type Path, parsePath, pointer } from '../path';
import type { Descriptor } from './descriptor';
import type { Branch, Condition, FormField } from './form';

/** How paths mark the members of a list: `[0]`, `[*]`, `[]`, `.0`, `.*`. */
export const MARKER = /\[[\d*]*\]|\.(\d+|\*)(?=\.|$)/;

/** A path below a list, without the list's own path where it is written with it. */
export function below(list: Path | undefined, path: Path): Path {
  return list && path.length > list.length && list.every((key, index) => path[index] === key)
    ? path.slice(list.length)
    : path;
}

/** Several values for one path are alternatives; several paths all have to hold. */
export function conditionsOf(descriptor: Descriptor): Condition[] {
  const conditions = new Map<string, Condition>();
  for (const { path: written, value } of descriptor.dependencies) {
    const path = parsePath(written.replace(MARKER, ''));
    if (!path) continue;
    const known = conditions.get(pointer(path));
    if (known) known.values.push(value);
    else conditions.set(pointer(path), { path, values: [value] });
  }
  return [...conditions.values()];
}

/** `<value>:<path>:<path>…`; a value that holds colons itself is known from the selector's options. */
export function branchesOf(descriptor: Descriptor, selector: Path): Branch[] {
  const longestFirst = descriptor.options
    .map(({ value }) => value)
    .filter((value) => value.includes(':'))
    .sort((a, b) => b.length - a.length);
  return descriptor.branches.flatMap((words) => {
    const value =
      longestFirst.find((option) => words.startsWith(`${option}:`)) ?? words.split(':', 1)[0] ?? '';
    const paths = words.slice(value.length + 1).split(':');
    return paths.flatMap((written) => {
      const path = parsePath(written);
      return path ? [{ path, condition: { path: selector, values: [value] } }] : [];
    });
  });
}

/** Gives fields the conditions of their group's header and of the branches that they belong to. */
export function applyConditions(
  placement: { fields: FormField[]; branches: Branch[] },
  headers: ReadonlyMap<string, Descriptor>,
): void {
  const branches = new Map<string, Branch>();
  for (const branch of placement.branches) {
    const key = `${pointer(branch.path)}\0${pointer(branch.condition.path)}`;
    const known = branches.get(key);
    if (known) known.condition.values.push(...branch.condition.values);
    else branches.set(key, branch);
  }
  placement.branches = [...branches.values()];
  for (const field of placement.fields) {
    const header = field.group ? headers.get(field.group) : undefined;
    if (header) field.conditions.push(...conditionsOf(header));
    if (header?.hidden) field.hidden = true;
  }
  for (const { path, condition } of placement.branches) addBranch(placement.fields, pointer(path), condition);
}

/** Shows the fields of a branch, those at its path and below it, only while its condition holds. */
export function addBranch(fields: readonly FormField[], named: string, condition: Condition): void {
  for (const field of fields) {
    const key = pointer(field.path);
    if (key !== named && !key.startsWith(`${named}/`) && field.group !== named) continue;
    const known = field.conditions.find((one) => pointer(one.path) === pointer(condition.path));
    // A field of two branches of one selector is shown for either value.
    if (known?.branch) known.values = [...new Set([...known.values, ...condition.values])];
    else field.conditions.push({ ...condition, branch: true });
  }
}
