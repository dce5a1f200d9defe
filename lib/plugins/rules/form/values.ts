import { cloneJson, isRecord, type Json, sameJson } from '../json';
import { hasPath, type Path, pointer, removeAt, valueAt } from '../path';
import { matchingFields, matchingItems, unmatchedBranches } from './conditions';
import type { FormField, PluginForm } from './form';

/**
 * What a form starts with: the defaults, below what is already installed.
 * @param installed `spec.config` of the installation that is changed; its values are kept
 */
export function initialValue(form: PluginForm, installed?: Json): Json {
  if (!installed) return cloneJson(form.defaults);
  return overlaid(form.defaults, installed) as Json;
}

/** As RFC 7396, except that a `null` of the installation is a value like any other. */
function overlaid(below: unknown, above: unknown): unknown {
  if (!isRecord(below) || !isRecord(above)) return cloneJson(above);
  const result: Json = cloneJson(below);
  for (const [key, value] of Object.entries(above)) {
    if (key !== '__proto__')
      result[key] = overlaid(Object.hasOwn(result, key) ? result[key] : undefined, value);
  }
  return result;
}

/**
 * What is sent as `spec.config`: the value without the branches that do not match and, at installation,
 * without hidden fields, for which the platform has its defaults. Keys that no descriptor names stay.
 */
export function toConfig(form: PluginForm, value: Json): Json {
  const kept = [...matchingFields(form, value)].filter((field) => !field.hidden || form.purpose !== 'deploy');
  const isKept = new Set(kept);
  // A branch that holds a field of another, matching one loses its own fields only.
  const inUse = new Set(
    kept.flatMap(({ path }) => path.map((_, index) => pointer(path.slice(0, index + 1)))),
  );
  const gone: Path[] = [
    ...form.fields.filter((field) => !isKept.has(field)).map(({ path }) => path),
    ...unmatchedBranches(form, value).map(({ path }) => path),
  ];
  const config = cloneJson(value);
  for (const path of gone) {
    if (!inUse.has(pointer(path))) removeAt(config, path);
  }
  for (const field of kept) {
    if (field.control === 'list') pruneMembers(field, config, value);
  }
  return config;
}

function pruneMembers(list: FormField, config: Json, value: Json): void {
  const members = valueAt(config, list.path);
  if (!Array.isArray(members)) return;
  for (const member of members) {
    if (!isRecord(member)) continue;
    const matching = [...matchingItems(list, member, value)].filter(({ hidden }) => !hidden);
    const kept = new Set(matching.map(({ path }) => pointer(path)));
    for (const { path } of list.items) {
      if (!kept.has(pointer(path))) removeAt(member, path);
    }
  }
}

/**
 * The merge patch (RFC 7396) that turns one configuration into another: only what changed, `null` for
 * what goes. Keys that the form does not know are in both, and so survive.
 */
export function configPatch(current: Json, next: Json): Json {
  const patch: Json = {};
  for (const key of new Set([...Object.keys(current), ...Object.keys(next)])) {
    const [before, after] = [current, next].map((side) => (Object.hasOwn(side, key) ? side[key] : undefined));
    if (after === undefined) patch[key] = null;
    else if (isRecord(before) && isRecord(after)) {
      const inner = configPatch(before, after);
      if (Object.keys(inner).length > 0) patch[key] = inner;
    } else if (!sameJson(before, after)) patch[key] = after;
  }
  return patch;
}

export interface Difference {
  path: Path;
  /** Absent where the value was added or removed. */
  before?: unknown;
  after?: unknown;
}

/** Every value in which two configurations differ, in the order of the first one. */
export function configDifferences(before: unknown, after: unknown, path: Path = []): Difference[] {
  if (sameJson(before, after)) return [];
  if (isRecord(before) && isRecord(after)) {
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
      configDifferences(
        Object.hasOwn(before, key) ? before[key] : undefined,
        Object.hasOwn(after, key) ? after[key] : undefined,
        [...path, key],
      ),
    );
  }
  return [{ path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }];
}

/** Where what would be sent differs from the plugin's defaults. */
export function differenceToDefault(form: PluginForm, value: Json): Difference[] {
  return configDifferences(toConfig(form, form.defaults), toConfig(form, value));
}

/**
 * What changing an installation sends: the merge patch for what was changed in the form. Values that the
 * form only filled in from the defaults are not in it, nor are keys that it does not know.
 * @param installed `spec.config` as it is
 */
export function changePatch(form: PluginForm, installed: Json, value: Json): Json {
  return configPatch(toConfig(form, initialValue(form, installed)), toConfig(form, value));
}

/** Whether a path holds a value that is more than empty. */
export function isFilled(value: Json, path: Path): boolean {
  if (!hasPath(value, path)) return false;
  const found = valueAt(value, path);
  if (found === null || found === '') return false;
  return !Array.isArray(found) || found.length > 0;
}
