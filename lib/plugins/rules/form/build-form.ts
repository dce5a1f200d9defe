import type { FormDefinition } from '../../form-contract';
import { cloneJson, isRecord, type Json, sameJson } from '../json';
import { hasPath, isSafePath, pointer, valueAt, withValue } from '../path';
import { breakCircles } from './conditions';
import { parseDefault } from './controls';
import { readDescriptor } from './descriptor';
import type { FormField, FormLanguage, FormNote, FormPurpose, PluginForm } from './form';
import { inferFields } from './infer-fields';
import { addBranch } from './place-conditions';
import { type Placement, placeFields } from './place-fields';
import { isObjectSchema, schemaDefaults, schemaFields } from './schema-fields';
import { addSizeField } from './size-field';

const descriptorsOf = {
  deploy: 'deployDescriptors',
  edit: 'editDescriptors',
  upgrade: 'upgradeDescriptors',
} as const satisfies Record<FormPurpose, keyof FormDefinition>;

/**
 * The form of a plugin's version. `deployDescriptors`, `editDescriptors` and `upgradeDescriptors` decide
 * the fields; without any of them they are inferred from the values of `config`, or read from it where
 * it is a JSON Schema itself. Nothing in a definition is run, and nothing in it makes this fail.
 * @param language the reader's; texts of the other one stand in
 */
export function buildForm(
  definition: Partial<FormDefinition>,
  purpose: FormPurpose,
  language: FormLanguage,
): PluginForm {
  const { config } = definition;
  const isSchema = isObjectSchema(config);
  const notes: FormNote[] = [];
  const defaults = safeDefaults(config, notes);
  const form: PluginForm = {
    purpose,
    language,
    source: 'none',
    fields: [],
    groups: [],
    branches: [],
    defaults,
    notes,
  };
  const described = Object.values(descriptorsOf).some((name) => isDescribed(definition[name]));
  if (described) {
    form.source = 'descriptors';
    addDescribed(form, definition, defaults);
  } else if (isSchema || Object.keys(defaults).length > 0) {
    form.source = isSchema ? 'schema' : 'config';
    const { fields, groups, notes: more } = isSchema ? schemaFields(config) : inferFields(defaults);
    Object.assign(form, { fields, groups });
    notes.push(...more);
  }
  addSizeField(form, definition.uiContext);
  notes.push(...breakCircles(form.fields));
  for (const { items } of form.fields) notes.push(...breakCircles(items));
  form.notes = distinct(notes);
  if (form.fields.length === 0) form.source = 'none';
  return form;
}

/** Whether there is anything that a reader could enter. */
export function hasEditableFields(form: PluginForm): boolean {
  return form.fields.some(({ hidden, readOnly }) => !hidden && !readOnly);
}

/** Descriptors for installing and for editing usually say the same of a field. */
function distinct(notes: readonly FormNote[]): FormNote[] {
  return [...new Map(notes.map((note) => [JSON.stringify(note), note])).values()];
}

/** Whether at least one entry can be read; where none can, the values of `config` say more. */
function isDescribed(descriptors: unknown): boolean {
  return Array.isArray(descriptors) && descriptors.some((entry) => readDescriptor(entry) !== undefined);
}

function safeDefaults(config: unknown, notes: FormNote[]): Json {
  if (!isRecord(config)) return {};
  try {
    return isObjectSchema(config) ? schemaDefaults(config) : cloneJson(config);
  } catch {
    notes.push({ code: 'too-large', path: '', text: 'config' });
    return {};
  }
}

function addDescribed(form: PluginForm, definition: Partial<FormDefinition>, config: Json): void {
  const { purpose, language } = form;
  const own = placeFields(definition[descriptorsOf[purpose]], config, language);
  addPlacement(form, own, (field) => field);
  if (purpose === 'deploy') return;
  const deploy = placeFields(definition.deployDescriptors, config, language);
  nameGroups(form, deploy);
  if (purpose !== 'edit') return;
  // What can only be chosen at installation is shown, so that a reader sees the whole configuration.
  const editable = new Set(own.fields.map(({ path }) => pointer(path)));
  // A selector that was set at installation still decides which of the fields there are.
  for (const { path, condition } of deploy.branches) {
    if (!editable.has(pointer(condition.path))) addBranch(own.fields, pointer(path), condition);
  }
  addPlacement(form, deploy, (field) =>
    editable.has(pointer(field.path)) ? undefined : { ...field, readOnly: true, limits: { required: false } },
  );
}

/** As a rule only the descriptors for installing give a group its title. */
function nameGroups(form: PluginForm, { groups }: Placement): void {
  for (const group of form.groups) {
    const named = groups.find(({ key }) => key === group.key);
    if (!named || group.title !== group.path.at(-1)) continue;
    group.title = named.title;
    if (named.description) group.description ??= named.description;
  }
}

function addPlacement(
  form: PluginForm,
  placement: Placement,
  take: (field: FormField) => FormField | undefined,
): void {
  form.fields.push(...placement.fields.map(take).filter((field) => field !== undefined));
  for (const group of placement.groups) {
    if (!form.groups.some(({ key }) => key === group.key)) form.groups.push(group);
  }
  form.branches.push(...placement.branches);
  form.notes.push(...placement.notes);
  for (const { path, text, field } of placement.defaults) {
    const value = parseDefault(field, text);
    const name = path.join('.');
    if (value === undefined && text !== '') form.notes.push({ code: 'default-not-valid', path: name, text });
    else if (!hasPath(form.defaults, path)) {
      if (value !== undefined && isSafePath(path)) form.defaults = withValue(form.defaults, path, value);
    } else if (value !== undefined && !sameJson(valueAt(form.defaults, path), value)) {
      // The configuration is what the platform installs with when nothing is entered.
      form.notes.push({ code: 'default-differs', path: name, text });
    }
  }
}
