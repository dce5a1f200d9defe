import { isSafePath, type Path, parsePath, pointer, valueAt } from '../path';
import { controlFor, parseDefault, storedTypeOf } from './controls';
import { type ByLanguage, type Descriptor, readDescriptor } from './descriptor';
import type { Branch, FormField, FormGroup, FormLanguage, FormNote } from './form';
import { asPattern } from './pattern';
import { addBranch, applyConditions, below, branchesOf, conditionsOf, MARKER } from './place-conditions';

/** Fields of a list of descriptors, in their order. */
export interface Placement {
  fields: FormField[];
  groups: FormGroup[];
  branches: Branch[];
  /** Defaults that the descriptors themselves name. */
  defaults: { path: Path; text: string; field: FormField }[];
  notes: FormNote[];
}

const MAX_DESCRIPTORS = 1000;
const MAX_NOTES = 200;

/**
 * Turns descriptors into fields. What is not understood is noted and left out, so that one broken entry
 * does not cost the form.
 * @param config default configuration, whose values decide the types
 */
export function placeFields(descriptors: unknown, config: unknown, language: FormLanguage): Placement {
  const placement: Placement = { fields: [], groups: [], branches: [], defaults: [], notes: [] };
  const entries = Array.isArray(descriptors) ? descriptors : [];
  const note = (code: FormNote['code'], path: string, text = '') => {
    if (placement.notes.length < MAX_NOTES) placement.notes.push({ code, path, text: text.slice(0, 300) });
  };
  if (entries.length > MAX_DESCRIPTORS) note('too-many', '', String(entries.length));
  const read = entries
    .slice(0, MAX_DESCRIPTORS)
    .map(readDescriptor)
    .filter((one) => one !== undefined);
  const headers = new Map<string, Descriptor>();
  for (const descriptor of read) {
    if (isHeader(descriptor)) headers.set(pointer(descriptor.group), descriptor);
  }
  const lists = new Map<string, FormField>();
  const itemBranches: (Branch & { list: FormField })[] = [];
  for (const descriptor of read) {
    for (const word of descriptor.notUnderstood) {
      note(word.startsWith('expression:') ? 'expression-not-run' : 'not-understood', descriptor.path, word);
    }
    if (isHeader(descriptor)) continue;
    const place = placeOf(descriptor);
    if (!place) {
      note('unsafe-path', descriptor.path);
      continue;
    }
    const group = descriptor.group && groupFor(descriptor, descriptor.group, headers, placement, language);
    if (place.list) {
      const list = listFor(place.list, descriptor, group, lists, placement, language);
      if (place.path) {
        const stored = valueAt(firstMember(config, place.list), place.path);
        const field = fieldOf(descriptor, place.path, stored, language, list.items, note);
        const preset = descriptor.default === undefined ? undefined : parseDefault(field, descriptor.default);
        list.items.push({ ...field, advanced: false, ...(preset === undefined ? {} : { preset }) });
        const branches = branchesOf(descriptor, place.path);
        itemBranches.push(
          ...branches.map((branch) => ({ list, ...branch, path: below(place.list, branch.path) })),
        );
      } else {
        Object.assign(list, {
          ...textsOf(descriptor, place.list, language),
          limits: { ...descriptor.validation, required: descriptor.validation.required ?? false },
          hidden: descriptor.hidden,
          readOnly: descriptor.disabled,
          advanced: descriptor.advanced,
          conditions: conditionsOf(descriptor),
        });
      }
      continue;
    }
    const { path } = place;
    if (!path) continue;
    const field = fieldOf(descriptor, path, valueAt(config, path), language, placement.fields, note);
    placement.fields.push({
      ...field,
      ...(group ? { group: group.key } : {}),
      advanced: field.advanced || group?.advanced === true,
    });
    if (descriptor.default !== undefined) placement.defaults.push({ path, text: descriptor.default, field });
    placement.branches.push(...branchesOf(descriptor, path));
  }
  applyConditions(placement, headers);
  for (const { list, path, condition } of itemBranches) addBranch(list.items, pointer(path), condition);
  return placement;
}

function firstMember(config: unknown, list: Path | undefined): unknown {
  const members = list && valueAt(config, list);
  return Array.isArray(members) ? members[0] : undefined;
}

/** An entry for the group itself, which gives its title and no field. */
function isHeader(descriptor: Descriptor): descriptor is Descriptor & { group: Path } {
  return (
    descriptor.group !== undefined &&
    descriptor.capability === undefined &&
    descriptor.default === undefined &&
    parsePath(descriptor.path)?.join('\0') === descriptor.group.join('\0')
  );
}

/** Where a descriptor's value stands: a path, or a list with the path within each member. */
function placeOf(descriptor: Descriptor): { path?: Path; list?: Path } | undefined {
  if (descriptor.arrayGroup === undefined) {
    const path = parsePath(descriptor.path);
    return path && { path };
  }
  const list = parsePath(descriptor.arrayGroup.replace(MARKER, ''));
  const whole = parsePath(descriptor.path.replace(MARKER, ''));
  if (!list || !whole) return undefined;
  const isBelow = list.every((key, index) => whole[index] === key);
  const within = isBelow ? whole.slice(list.length) : whole;
  return within.length === 0 ? { list } : isSafePath(within) ? { list, path: within } : undefined;
}

function fieldOf(
  descriptor: Descriptor,
  path: Path,
  stored: unknown,
  language: FormLanguage,
  siblings: readonly FormField[],
  note: (code: FormNote['code'], path: string, text?: string) => void,
): FormField {
  const control = controlFor(descriptor, stored);
  if ((descriptor.capability === 'select' || descriptor.capability === 'radio') && control === 'text') {
    note('no-options', descriptor.path);
  }
  const { pattern, ...limits } = descriptor.validation;
  if (pattern !== undefined && !asPattern(pattern)) note('pattern-not-understood', descriptor.path, pattern);
  const multiple =
    control === 'tags' || (descriptor.multiple && (control === 'resource' || control === 'select'));
  const storedAs = storedTypeOf(control, stored);
  const texts = textsOf(descriptor, path, language);
  const placeholder = pick(descriptor.placeholder, language);
  const tooltip = pick(descriptor.tooltip, language);
  return {
    key: uniqueKey(path, siblings),
    path,
    ...texts,
    ...(placeholder ? { placeholder } : {}),
    ...(tooltip ? { tooltip } : {}),
    control,
    ...(storedAs ? { storedAs } : {}),
    multiple,
    options: descriptor.options.map(({ value, label }) => ({ value, label: pick(label, language) || value })),
    ...(descriptor.resource && control === 'resource' ? { resource: descriptor.resource } : {}),
    limits: {
      ...limits,
      required: limits.required ?? false,
      ...(pattern !== undefined && asPattern(pattern) ? { pattern } : {}),
    },
    hidden: descriptor.hidden,
    readOnly: descriptor.disabled,
    advanced: descriptor.advanced,
    conditions: conditionsOf(descriptor),
    items: [],
  };
}

function listFor(
  path: Path,
  descriptor: Descriptor,
  group: FormGroup | undefined,
  lists: Map<string, FormField>,
  placement: Placement,
  language: FormLanguage,
): FormField {
  const key = pointer(path);
  const known = lists.get(key);
  if (known) return known;
  const list: FormField = {
    key: uniqueKey(path, placement.fields),
    path,
    label: pick(descriptor.groupName, language) || (path.at(-1) ?? ''),
    control: 'list',
    multiple: false,
    options: [],
    limits: { required: false },
    hidden: false,
    readOnly: false,
    advanced: descriptor.advanced,
    ...(group ? { group: group.key } : {}),
    conditions: [],
    items: [],
  };
  lists.set(key, list);
  placement.fields.push(list);
  return list;
}

function groupFor(
  descriptor: Descriptor,
  path: Path,
  headers: ReadonlyMap<string, Descriptor>,
  placement: Placement,
  language: FormLanguage,
): FormGroup {
  const key = pointer(path);
  const header = headers.get(key);
  const name = pick(descriptor.groupName, language);
  const known = placement.groups.find((group) => group.key === key);
  if (known) {
    if (name && !header) known.title = name;
    return known;
  }
  const texts = header && textsOf(header, path, language);
  const group: FormGroup = {
    key,
    path,
    title: (header && pick(header.groupName, language)) || texts?.label || name || (path.at(-1) ?? ''),
    ...(texts?.description ? { description: texts.description } : {}),
    advanced: header?.advanced === true,
    open: false,
  };
  placement.groups.push(group);
  return group;
}

function textsOf(descriptor: Descriptor, path: Path, language: FormLanguage) {
  const description = pick(descriptor.description, language) || descriptor.plainDescription;
  return {
    label: pick(descriptor.label, language) || descriptor.displayName || (path.at(-1) ?? ''),
    ...(description ? { description } : {}),
  };
}

function pick(texts: ByLanguage, language: FormLanguage): string {
  return (language === 'zh' ? texts.zh || texts.en : texts.en || texts.zh) ?? '';
}

function uniqueKey(path: Path, siblings: readonly FormField[]): string {
  const key = pointer(path);
  const same = siblings.filter((field) => pointer(field.path) === key).length;
  return same === 0 ? key : `${key}#${same + 1}`;
}
