import { cloneJson, isRecord, type Json, record, strings, text } from '../json';
import { isSafePath, type Path, pointer } from '../path';
import { plainControl, storedTypeOf } from './controls';
import type { Control, FieldLimits, FormField, FormGroup, FormNote } from './form';
import { asPattern } from './pattern';

const MAX_FIELDS = 500;
const MAX_DEPTH = 8;
// Nothing is resolved: what these stand for is entered as YAML.
const alternatives = ['$ref', 'oneOf', 'anyOf', 'allOf'];

/** Whether a `config` describes a form instead of giving its defaults: an object schema with properties. */
export function isObjectSchema(config: unknown): config is Json & { properties: Json } {
  return (
    isRecord(config) &&
    config.type === 'object' &&
    isRecord(config.properties) &&
    Object.values(config.properties).every(isRecord)
  );
}

/** The value that a JSON Schema's own defaults make. */
export function schemaDefaults(schema: unknown, depth = MAX_DEPTH): Json {
  const defaults: Json = isRecord(record(schema).default) ? cloneJson(record(record(schema).default)) : {};
  if (depth === 0) return defaults;
  for (const [key, property] of Object.entries(record(record(schema).properties))) {
    if (!isSafePath([key]) || Object.hasOwn(defaults, key)) continue;
    if (isRecord(property) && isObjectSchema(property)) {
      const inner = schemaDefaults(property, depth - 1);
      if (Object.keys(inner).length > 0) defaults[key] = inner;
    } else if (isRecord(property) && property.default !== undefined) {
      defaults[key] = cloneJson(property.default);
    }
  }
  return defaults;
}

/**
 * Fields of a JSON Schema. Nested objects become groups; what has no control of its own (references,
 * alternatives, lists of objects) is a YAML field. Nothing is resolved and no pattern is compiled by
 * the browser.
 */
export function schemaFields(schema: Json): { fields: FormField[]; groups: FormGroup[]; notes: FormNote[] } {
  const fields: FormField[] = [];
  const groups: FormGroup[] = [];
  const notes: FormNote[] = [];
  const visit = (object: Json, path: Path, group: FormGroup | undefined) => {
    const required = strings(object.required);
    for (const [key, value] of Object.entries(record(object.properties))) {
      if (fields.length >= MAX_FIELDS) {
        if (!notes.some(({ code }) => code === 'too-many'))
          notes.push({ code: 'too-many', path: '', text: '' });
        return;
      }
      const here = [...path, key];
      const property = record(value);
      if (!isSafePath(here)) {
        notes.push({ code: 'unsafe-path', path: key.slice(0, 100), text: '' });
        continue;
      }
      if (isObjectSchema(property) && here.length < MAX_DEPTH) {
        const inner: FormGroup = {
          key: pointer(here),
          path: here,
          title: text(property.title) || key,
          ...(text(property.description) ? { description: text(property.description) } : {}),
          advanced: false,
          open: true,
        };
        groups.push(inner);
        visit(property, here, inner);
        continue;
      }
      fields.push(fieldOf(property, here, required.includes(key), group, notes));
    }
  };
  visit(schema, [], undefined);
  return { fields, groups, notes };
}

function fieldOf(
  property: Json,
  path: Path,
  required: boolean,
  group: FormGroup | undefined,
  notes: FormNote[],
): FormField {
  const source = Array.isArray(property.enum) ? property : record(property.items);
  const choices = Array.isArray(source.enum) ? source.enum.filter(isScalar).slice(0, 500) : [];
  const names = strings(property.enumNames);
  const control = controlOf(property, choices.length > 0);
  const alternative = alternatives.find((keyword) => property[keyword] !== undefined);
  if (alternative) notes.push({ code: 'not-understood', path: path.join('.'), text: alternative });
  const sample = choices[0] ?? property.default;
  const storedAs = storedTypeOf(control, sample) ?? scalarItems(control, property);
  const limits = limitsOf(property, required);
  if (limits.pattern !== undefined && !asPattern(limits.pattern)) {
    notes.push({ code: 'pattern-not-understood', path: path.join('.'), text: limits.pattern.slice(0, 300) });
    delete limits.pattern;
  }
  return {
    key: pointer(path),
    path,
    label: text(property.title) || (path.at(-1) ?? ''),
    ...(text(property.description) ? { description: text(property.description) } : {}),
    control,
    ...(storedAs ? { storedAs } : {}),
    multiple: control === 'tags' || (control === 'select' && property.type === 'array'),
    options: choices.map((choice, index) => ({
      value: String(choice),
      label: names[index] ?? String(choice),
    })),
    limits,
    hidden: false,
    readOnly: property.readOnly === true,
    advanced: false,
    ...(group ? { group: group.key } : {}),
    conditions: [],
    items: [],
  };
}

function controlOf(property: Json, hasChoices: boolean): Control {
  if (alternatives.some((keyword) => property[keyword] !== undefined)) return 'yaml';
  if (hasChoices) return 'select';
  const types = Array.isArray(property.type)
    ? strings(property.type).filter((one) => one !== 'null')
    : [property.type];
  const type = types.length === 1 ? types[0] : undefined;
  if (type === 'boolean') return 'switch';
  if (type === 'number' || type === 'integer') return 'number';
  if (type === 'string') {
    if (property.format === 'password') return 'password';
    return typeof property.default === 'string' && property.default.includes('\n') ? 'textarea' : 'text';
  }
  if (type === 'array') {
    const items = record(property.items).type;
    return items === 'string' || items === 'number' || items === 'integer' ? 'tags' : 'yaml';
  }
  return type === undefined && property.default !== undefined ? plainControl(property.default) : 'yaml';
}

function scalarItems(control: Control, property: Json): 'number' | undefined {
  const type = record(property.items).type;
  return control === 'tags' && (type === 'number' || type === 'integer') ? 'number' : undefined;
}

function limitsOf(property: Json, required: boolean): FieldLimits {
  const number = (...values: unknown[]) =>
    values.find((value) => typeof value === 'number' && Number.isFinite(value));
  const limits = {
    minimum: number(property.minimum),
    maximum: number(property.maximum),
    minLength: number(property.minLength, property.minItems),
    maxLength: number(property.maxLength, property.maxItems),
    pattern: typeof property.pattern === 'string' ? property.pattern : undefined,
  };
  return Object.assign(
    { required },
    Object.fromEntries(Object.entries(limits).filter(([, limit]) => limit !== undefined)),
  );
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
