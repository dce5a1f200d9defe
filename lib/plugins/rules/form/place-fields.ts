import { isSafePath, type Path, parsePath, pointer, valueAt } from '../path';
import { parseDefault } from './controls';
import { type Descriptor, readDescriptor } from './descriptor';
import type { Branch, FormField, FormGroup, FormLanguage, FormNote } from './form';
import { FieldKeys, makeField, type Note, pick, textsOf } from './make-field';
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
  const entries = Array.isArray(descriptors) ? descriptors : [];
  const read = entries
    .slice(0, MAX_DESCRIPTORS)
    .map(readDescriptor)
    .filter((one) => one !== undefined);
  const headers = new Map<string, Descriptor>();
  for (const descriptor of read) {
    if (isHeader(descriptor)) headers.set(pointer(descriptor.group), descriptor);
  }
  const placer = new Placer(config, language, headers);
  if (entries.length > MAX_DESCRIPTORS) placer.note('too-many', '', String(entries.length));
  for (const descriptor of read) placer.place(descriptor);
  return placer.finish();
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

interface List {
  field: FormField;
  keys: FieldKeys;
  branches: Branch[];
}

class Placer {
  readonly #config: unknown;
  readonly #language: FormLanguage;
  readonly #headers: ReadonlyMap<string, Descriptor>;
  readonly #placement: Placement = { fields: [], groups: [], branches: [], defaults: [], notes: [] };
  readonly #keys = new FieldKeys();
  readonly #lists = new Map<string, List>();
  readonly #groups = new Map<string, FormGroup>();

  constructor(config: unknown, language: FormLanguage, headers: ReadonlyMap<string, Descriptor>) {
    this.#config = config;
    this.#language = language;
    this.#headers = headers;
  }

  readonly note: Note = (code, path, text = '') => {
    const { notes } = this.#placement;
    if (notes.length < MAX_NOTES) notes.push({ code, path, text: text.slice(0, 300) });
  };

  place(descriptor: Descriptor): void {
    for (const word of descriptor.notUnderstood) {
      const isCode = word.startsWith('expression:');
      this.note(isCode ? 'expression-not-run' : 'not-understood', descriptor.path, word);
    }
    if (isHeader(descriptor)) return;
    const place = placeOf(descriptor);
    const group = descriptor.group && this.#groupFor(descriptor, descriptor.group);
    if (place?.list) this.#placeInList(descriptor, place.list, place.path, group);
    else if (place?.path) this.#placeField(descriptor, place.path, group);
    else this.note('unsafe-path', descriptor.path);
  }

  finish(): Placement {
    applyConditions(this.#placement, this.#headers);
    for (const { field, branches } of this.#lists.values()) {
      for (const { path, condition } of branches) addBranch(field.items, pointer(path), condition);
    }
    return this.#placement;
  }

  #placeField(descriptor: Descriptor, path: Path, group: FormGroup | undefined): void {
    const { fields, defaults, branches } = this.#placement;
    const place = { key: this.#keys.next(path), path, stored: valueAt(this.#config, path) };
    const field = makeField(descriptor, place, this.#language, this.note);
    if (group) {
      field.group = group.key;
      field.advanced ||= group.advanced;
    }
    fields.push(field);
    if (descriptor.default !== undefined) defaults.push({ path, text: descriptor.default, field });
    branches.push(...branchesOf(descriptor, path));
  }

  #placeInList(
    descriptor: Descriptor,
    list: Path,
    path: Path | undefined,
    group: FormGroup | undefined,
  ): void {
    const { field, keys, branches } = this.#listFor(list, descriptor, group);
    if (!path) {
      // The entry speaks of the list as a whole.
      Object.assign(field, {
        ...textsOf(descriptor, list, this.#language),
        limits: { ...descriptor.validation, required: descriptor.validation.required ?? false },
        hidden: descriptor.hidden,
        readOnly: descriptor.disabled,
        advanced: descriptor.advanced,
        conditions: conditionsOf(descriptor),
      });
      return;
    }
    const members = valueAt(this.#config, list);
    const stored = valueAt(Array.isArray(members) ? members[0] : undefined, path);
    const item = makeField(descriptor, { key: keys.next(path), path, stored }, this.#language, this.note);
    const preset = descriptor.default === undefined ? undefined : parseDefault(item, descriptor.default);
    field.items.push({ ...item, advanced: false, ...(preset === undefined ? {} : { preset }) });
    branches.push(
      ...branchesOf(descriptor, path).map((branch) => ({ ...branch, path: below(list, branch.path) })),
    );
  }

  #listFor(path: Path, descriptor: Descriptor, group: FormGroup | undefined): List {
    const known = this.#lists.get(pointer(path));
    if (known) return known;
    const field: FormField = {
      key: this.#keys.next(path),
      path,
      label: pick(descriptor.groupName, this.#language) || (path.at(-1) ?? ''),
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
    const list = { field, keys: new FieldKeys(), branches: [] };
    this.#lists.set(pointer(path), list);
    this.#placement.fields.push(field);
    return list;
  }

  #groupFor(descriptor: Descriptor, path: Path): FormGroup {
    const key = pointer(path);
    const header = this.#headers.get(key);
    const name = pick(descriptor.groupName, this.#language);
    const known = this.#groups.get(key);
    if (known) {
      if (name && !header) known.title = name;
      return known;
    }
    const texts = header && textsOf(header, path, this.#language);
    const headerName = header && pick(header.groupName, this.#language);
    const group: FormGroup = {
      key,
      path,
      title: headerName || texts?.label || name || (path.at(-1) ?? ''),
      ...(texts?.description ? { description: texts.description } : {}),
      advanced: header?.advanced === true,
      open: false,
    };
    this.#groups.set(key, group);
    this.#placement.groups.push(group);
    return group;
  }
}
