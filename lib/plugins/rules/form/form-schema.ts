import type { Json } from '../json';
import { isWithin, pointer } from '../path';
import { matchingFields } from './conditions';
import type { FormField, FormGroup, PluginForm } from './form';
import { sectionsOf } from './form-data';

/** JSON Schema (draft 7) and rjsf's uiSchema, for the fields that are shown at this value. */
export interface FormSchema {
  schema: Json;
  uiSchema: Json;
}

interface Section {
  properties: Json;
  ui: Json;
  order: string[];
  required: string[];
}

/**
 * The form in the words of rjsf, for the value as it is: fields whose conditions do not hold are not in
 * it, so it is made anew after every change. Properties are keyed by `FormField.key`; groups and the
 * advanced fold are objects (`group:<key>`, `advanced`) whose `ui:options` say `collapsible` and `open`.
 *
 * Widgets that the page brings: `switch`, `tags`, `resource` (with `ui:options.resource`); fields that it
 * brings: `yaml` (`ui:options.plain`: stored as text). Everything else is rjsf's own. Texts are plain text.
 */
export function formSchemaOf(form: PluginForm, value: Json): FormSchema {
  const root: Section = { properties: {}, ui: {}, order: [], required: [] };
  const sections = new Map<string, Section>();
  const sectionAt = (keys: readonly string[], group: FormGroup | undefined): Section => {
    let current = root;
    for (const [depth, key] of keys.entries()) {
      const id = keys.slice(0, depth + 1).join('\0');
      let inner = sections.get(id);
      if (!inner) {
        inner = { properties: {}, ui: {}, order: [], required: [] };
        sections.set(id, inner);
        const isGroup = key !== 'advanced';
        current.properties[key] = {
          type: 'object',
          ...(isGroup && group ? { title: group.title } : {}),
          ...(isGroup && group?.description ? { description: group.description } : {}),
        };
        current.ui[key] = {
          'ui:options': { collapsible: true, open: isGroup && group?.open === true, advanced: !isGroup },
        };
        current.order.push(key);
      }
      current = inner;
    }
    return current;
  };
  const shown = [...matchingFields(form, value)].filter(({ hidden }) => !hidden);
  // The advanced fold comes last, whatever stands between its fields.
  for (const field of [
    ...shown.filter(({ advanced }) => !advanced),
    ...shown.filter(({ advanced }) => advanced),
  ]) {
    const group = form.groups.find(({ key }) => key === field.group);
    const section = sectionAt(sectionsOf(field), group);
    section.properties[field.key] = schemaOf(field);
    section.ui[field.key] = uiOf(field);
    section.order.push(field.key);
    if (field.limits.required && !field.readOnly) section.required.push(field.key);
  }
  for (const [id, section] of [...sections].reverse()) {
    const keys = id.split('\0');
    const key = keys.at(-1) ?? '';
    const parent = keys.length > 1 ? sections.get(keys.slice(0, -1).join('\0')) : root;
    if (!parent) continue;
    Object.assign(parent.properties[key] as Json, objectOf(section));
    Object.assign(parent.ui[key] as Json, section.ui, { 'ui:order': section.order });
  }
  return {
    schema: { type: 'object', ...objectOf(root) },
    uiSchema: { ...root.ui, 'ui:order': root.order, 'ui:submitButtonOptions': { norender: true } },
  };
}

function objectOf({ properties, required }: Section): Json {
  return { properties, ...(required.length > 0 ? { required } : {}) };
}

function schemaOf(field: FormField): Json {
  const { label: title, description, control, limits, options, multiple } = field;
  const texts = { title, ...(description ? { description } : {}) };
  const counts = {
    ...(limits.minLength === undefined ? {} : { minItems: limits.minLength }),
    ...(limits.maxLength === undefined ? {} : { maxItems: limits.maxLength }),
  };
  const choices = options.length > 0 ? { enum: options.map(({ value }) => value) } : {};
  const patterned = limits.pattern === undefined ? {} : { pattern: limits.pattern };
  if (multiple) {
    const unique = control === 'tags' ? {} : { uniqueItems: true };
    return {
      ...texts,
      type: 'array',
      items: { type: 'string', ...choices, ...patterned },
      ...unique,
      ...counts,
    };
  }
  switch (control) {
    case 'switch':
    case 'checkbox':
      return { ...texts, type: 'boolean' };
    case 'number':
      return {
        ...texts,
        type: 'number',
        ...(limits.minimum === undefined ? {} : { minimum: limits.minimum }),
        ...(limits.maximum === undefined ? {} : { maximum: limits.maximum }),
      };
    case 'yaml':
      return texts;
    case 'resources': {
      const amount = { type: 'string' };
      const side = { type: 'object', properties: { cpu: amount, memory: amount } };
      return { ...texts, type: 'object', properties: { requests: side, limits: side } };
    }
    case 'list':
      return { ...texts, type: 'array', items: memberSchema(field), ...counts };
    default:
      return {
        ...texts,
        type: 'string',
        ...choices,
        ...patterned,
        ...(limits.minLength === undefined ? {} : { minLength: limits.minLength }),
        ...(limits.maxLength === undefined ? {} : { maxLength: limits.maxLength }),
      };
  }
}

/** Members of one list differ in what they show, so their conditions are in the schema itself. */
function memberSchema(list: FormField): Json {
  const section: Section = { properties: {}, ui: {}, order: [], required: [] };
  const allOf: Json[] = [];
  for (const item of list.items.filter(({ hidden }) => !hidden)) {
    const schema = { ...schemaOf(item), ...(item.preset === undefined ? {} : { default: item.preset }) };
    const required = item.limits.required ? { required: [item.key] } : {};
    const conditions = item.conditions.flatMap(({ path, values }) => {
      const local = isWithin(path, list.path) ? path.slice(list.path.length) : path;
      const selector = list.items.find((other) => pointer(other.path) === pointer(local));
      if (!selector) return [];
      const wanted = values.flatMap((one) =>
        one === 'true' ? [true, one] : one === 'false' ? [false, one] : [one],
      );
      return [{ properties: { [selector.key]: { enum: wanted } }, required: [selector.key] }];
    });
    if (conditions.length > 0) {
      // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
      allOf.push({ if: { allOf: conditions }, then: { properties: { [item.key]: schema }, ...required } });
    } else {
      section.properties[item.key] = schema;
      if (item.limits.required) section.required.push(item.key);
    }
  }
  return { type: 'object', ...objectOf(section), ...(allOf.length > 0 ? { allOf } : {}) };
}

function uiOf(field: FormField): Json {
  const { control, options, placeholder, tooltip, resource, readOnly, multiple } = field;
  const widget = {
    switch: 'switch',
    checkbox: 'checkbox',
    text: undefined,
    textarea: 'textarea',
    number: undefined,
    password: 'password',
    yaml: undefined,
    select: multiple ? 'checkboxes' : 'select',
    radio: 'radio',
    tags: 'tags',
    resources: undefined,
    resource: 'resource',
    list: undefined,
  }[control];
  // The configuration holds the YAML as text and not what it says.
  const plain = control === 'yaml' && field.storedAs === 'string';
  const named = options.some(({ value, label }) => value !== label);
  return {
    ...(widget ? { 'ui:widget': widget } : {}),
    ...(control === 'yaml' ? { 'ui:field': 'yaml' } : {}),
    ...(named ? { 'ui:enumNames': options.map(({ label }) => label) } : {}),
    ...(placeholder ? { 'ui:placeholder': placeholder } : {}),
    ...(readOnly ? { 'ui:readonly': true } : {}),
    ...(resource || tooltip || plain
      ? {
          'ui:options': {
            ...(resource ? { resource, multiple } : {}),
            ...(tooltip ? { tooltip } : {}),
            ...(plain ? { plain } : {}),
          },
        }
      : {}),
    ...(control === 'list'
      ? {
          items: {
            ...Object.fromEntries(field.items.map((item) => [item.key, uiOf(item)])),
            'ui:order': [...field.items.filter(({ hidden }) => !hidden).map(({ key }) => key), '*'],
          },
        }
      : {}),
  };
}
