import { type Path, parsePath, pointer, valueAt } from '../path';
import { parseDefault, plainControl, storedTypeOf } from './controls';
import { type Descriptor, readDescriptor } from './descriptor';
import type { Branch, FormField, FormGroup, FormLanguage, FormNote } from './form';
import { FieldKeys, makeField, type Note, pick, textsOf } from './make-field';
import { addBranch, applyConditions, below, branchesOf, conditionsOf } from './place-conditions';
import { type ListPlace, placeOf, severalOf } from './place-of';

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
    const place = placeOf(descriptor, this.#config);
    const group = descriptor.group && this.#groupFor(descriptor, descriptor.group);
    if (!place) this.note('unsafe-path', descriptor.path);
    else if (place.kind === 'field') this.#placeField(descriptor, place.path, group);
    else if (place.kind === 'scalars') this.#placeField(severalOf(descriptor), place.path, group);
    else this.#placeInList(descriptor, place, group);
  }

  finish(): Placement {
    this.#plainLists();
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
    { list, path, nested }: ListPlace,
    group: FormGroup | undefined,
  ): void {
    const { field, keys, branches } = this.#listFor(list, descriptor, group);
    if (path && nested) {
      // A list within a list is entered as YAML, whatever its own fields are.
      if (field.items.some((item) => pointer(item.path) === pointer(path))) return;
      this.note('not-understood', descriptor.path, descriptor.arrayGroup);
      const plain: Descriptor = { ...descriptor, capability: 'yaml', options: [], validation: {} };
      const place = { key: keys.next(path), path, stored: undefined };
      field.items.push({ ...makeField(plain, place, this.#language, this.note), advanced: false });
      return;
    }
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

  /** A list of which nobody says what its members are is entered as what it holds. */
  #plainLists(): void {
    const { fields } = this.#placement;
    for (const { field } of this.#lists.values()) {
      if (field.items.length > 0) continue;
      const key = pointer(field.path);
      if (fields.some((other) => other !== field && pointer(other.path) === key)) {
        fields.splice(fields.indexOf(field), 1);
        continue;
      }
      const stored = valueAt(this.#config, field.path);
      field.control = plainControl(stored ?? null);
      const storedAs = storedTypeOf(field.control, stored);
      Object.assign(field, { multiple: field.control === 'tags', ...(storedAs ? { storedAs } : {}) });
    }
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
