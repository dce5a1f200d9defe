import { equal, isObject, type JsonObject } from '../json.ts';
import { type FieldError, invalidValue, notSupported, required, shown } from '../status.ts';
import { hasFormat } from './formats.ts';
import { matchesPattern } from './pattern.ts';
import { noRefs, propertyOf, type Resolve, type Schema } from './schema.ts';

/** More causes than this help nobody; Kubernetes has no limit, its answer just gets longer. */
const maxErrors = 100;

/**
 * Checks a value against a structural schema and words what it finds as `k8s.io/apiextensions-apiserver` does.
 * `path` is where the value stands (`''` for the whole object).
 */
export function validate(value: unknown, schema: Schema, path = '', resolve: Resolve = noRefs): FieldError[] {
  const errors: FieldError[] = [];
  check(value, schema, path, { errors, resolve });
  return errors.slice(0, maxErrors);
}

interface Context {
  errors: FieldError[];
  resolve: Resolve;
}

function check(value: unknown, raw: Schema, path: string, context: Context): void {
  const schema = context.resolve(raw);
  if (value === null && schema.nullable) return;
  if (!checkType(value, schema, path, context)) return;
  if (schema.enum && !schema.enum.some((allowed) => equal(allowed, value))) {
    context.errors.push(notSupported(path, value, schema.enum));
  }
  if (typeof value === 'string') checkString(value, schema, path, context);
  else if (typeof value === 'number') checkNumber(value, schema, path, context);
  else if (Array.isArray(value)) checkArray(value, schema, path, context);
  else if (isObject(value)) checkObject(value, schema, path, context);
  checkCombined(value, schema, path, context);
}

function typeOf(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

function checkType(value: unknown, schema: Schema, path: string, { errors }: Context): boolean {
  const actual = typeOf(value);
  if (schema['x-kubernetes-int-or-string']) {
    if (actual === 'string' || actual === 'integer') return true;
    errors.push(typeInvalid(path, actual, 'integer,string'));
    return false;
  }
  if (!schema.type || schema.type === actual) return true;
  if (schema.type === 'number' && actual === 'integer') return true;
  errors.push(typeInvalid(path, actual, schema.type));
  return false;
}

function typeInvalid(path: string, actual: string, expected: string): FieldError {
  const detail = `${path} in body must be of type ${expected}: "${actual}"`;
  return {
    field: path || '<nil>',
    reason: 'FieldValueTypeInvalid',
    message: `Invalid value: "${actual}": ${detail}`,
  };
}

function bad(path: string, value: unknown, detail: string): FieldError {
  return invalidValue(path || '<nil>', value, `${path} in body ${detail}`);
}

function checkString(value: string, schema: Schema, path: string, { errors }: Context): void {
  const length = [...value].length;
  if (schema.maxLength !== undefined && length > schema.maxLength) {
    const message = `Too long: may not be more than ${schema.maxLength} bytes`;
    errors.push({ field: path, reason: 'FieldValueTooLong', message });
  }
  if (schema.minLength !== undefined && length < schema.minLength) {
    errors.push(bad(path, value, `should be at least ${schema.minLength} chars long`));
  }
  if (schema.pattern && !matchesPattern(schema.pattern, value)) {
    errors.push(bad(path, value, `should match '${schema.pattern}'`));
  }
  if (schema.format && !hasFormat(value, schema.format)) {
    errors.push(bad(path, value, `must be of type ${schema.format}: ${shown(value)}`));
  }
}

function checkNumber(value: number, schema: Schema, path: string, { errors }: Context): void {
  const { minimum, maximum, multipleOf, exclusiveMinimum, exclusiveMaximum, format } = schema;
  if (minimum !== undefined && (exclusiveMinimum ? value <= minimum : value < minimum)) {
    errors.push(
      bad(path, value, `should be greater than ${exclusiveMinimum ? '' : 'or equal to '}${minimum}`),
    );
  }
  if (maximum !== undefined && (exclusiveMaximum ? value >= maximum : value > maximum)) {
    errors.push(bad(path, value, `should be less than ${exclusiveMaximum ? '' : 'or equal to '}${maximum}`));
  }
  if (multipleOf && value % multipleOf !== 0)
    errors.push(bad(path, value, `should be a multiple of ${multipleOf}`));
  if (format === 'int32' && Math.trunc(value) === value && (value > 2 ** 31 - 1 || value < -(2 ** 31))) {
    errors.push(bad(path, value, `must be of type int32: "${value}"`));
  }
}

function checkArray(value: unknown[], schema: Schema, path: string, context: Context): void {
  const { errors } = context;
  if (schema.maxItems !== undefined && value.length > schema.maxItems)
    errors.push(tooMany(path, value.length, schema.maxItems));
  if (schema.minItems !== undefined && value.length < schema.minItems) {
    errors.push(bad(path, value.length, `should have at least ${schema.minItems} items`));
  }
  const { items } = schema;
  if (items) value.forEach((item, index) => void check(item, items, `${path}[${index}]`, context));
  checkDuplicates(value, schema, path, context);
}

/** `x-kubernetes-list-type: set` and `map` allow each value, or each combination of keys, once. */
function checkDuplicates(value: unknown[], schema: Schema, path: string, { errors }: Context): void {
  const type = schema['x-kubernetes-list-type'];
  if (type !== 'set' && type !== 'map') return;
  const keys = schema['x-kubernetes-list-map-keys'] ?? [];
  const seen = new Set<string>();
  value.forEach((item, index) => {
    const identity =
      type === 'set' || !isObject(item) ? item : Object.fromEntries(keys.map((key) => [key, item[key]]));
    const text = JSON.stringify(identity);
    if (seen.has(text)) {
      errors.push({
        field: `${path}[${index}]`,
        reason: 'FieldValueDuplicate',
        message: `Duplicate value: ${text}`,
      });
    }
    seen.add(text);
  });
}

function tooMany(path: string, count: number, limit: number): FieldError {
  const message = `Too many: ${count}: must have at most ${limit} items`;
  return { field: path, reason: 'FieldValueTooMany', message };
}

function checkObject(value: JsonObject, schema: Schema, path: string, context: Context): void {
  const { errors } = context;
  const count = Object.keys(value).length;
  if (schema.maxProperties !== undefined && count > schema.maxProperties)
    errors.push(tooMany(path, count, schema.maxProperties));
  if (schema.minProperties !== undefined && count < schema.minProperties) {
    errors.push(bad(path, count, `should have at least ${schema.minProperties} properties`));
  }
  for (const key of schema.required ?? []) {
    if (!Object.hasOwn(value, key)) errors.push(required(path === '' ? key : `${path}.${key}`));
  }
  for (const [key, child] of Object.entries(value)) {
    const property = propertyOf(schema, key);
    if (property && errors.length < maxErrors)
      check(child, property, path === '' ? key : `${path}.${key}`, context);
  }
}

function checkCombined(value: unknown, schema: Schema, path: string, { errors, resolve }: Context): void {
  const fits = (alternative: Schema) => validate(value, alternative, path, resolve).length === 0;
  for (const part of schema.allOf ?? []) errors.push(...validate(value, part, path, resolve));
  // int-or-string schemas carry an anyOf of both types, which the type check has seen to.
  if (schema.anyOf && !schema['x-kubernetes-int-or-string'] && !schema.anyOf.some(fits)) {
    errors.push(composed(path, 'must validate at least one schema (anyOf)'));
  }
  const matching = schema.oneOf?.filter(fits).length;
  if (matching !== undefined && matching !== 1) {
    const found = matching === 0 ? 'Found none valid' : `Found ${matching} valid alternatives`;
    errors.push(composed(path, `must validate one and only one schema (oneOf). ${found}`));
  }
  if (schema.not && fits(schema.not)) errors.push(composed(path, 'must not validate the schema (not)'));
}

function composed(path: string, detail: string): FieldError {
  const place = path || '<nil>';
  return { field: place, reason: 'FieldValueInvalid', message: `Invalid value: "": "${path}" ${detail}` };
}
