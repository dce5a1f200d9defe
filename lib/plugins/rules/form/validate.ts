import type { FieldError } from '../../form-contract';
import { isRecord, type Json } from '../json';
import { type Path, pointer, valueAt } from '../path';
import { matchingFields, matchingItems } from './conditions';
import type { FormField, PluginForm } from './form';
import { sectionsOf } from './form-data';
import { fitsPattern } from './pattern';
import { isFilled } from './values';

/** One thing that is wrong with what was entered. */
export interface FormError extends FieldError {
  /** Key of the field; of a list, of the list itself. */
  key: string;
  /** JSON Pointer into `spec.config`. */
  pointer: string;
  /** Where it stands in the form library's data. */
  place: (string | number)[];
  /** In English. */
  message: string;
}

const MAX_ERRORS = 200;
// Kubernetes' quantities: a number with an optional binary, decimal or exponent suffix.
const QUANTITY =
  /^[+-]?(\d{1,20}(\.\d{0,20})?|\.\d{1,20})(m|n|u|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei|[eE][+-]?\d{1,3})?$/;

/**
 * Holds a value against what the descriptors ask. Fields that are not shown, or only shown, are not
 * asked. Patterns run in time that is linear in the text.
 */
export function validate(form: PluginForm, value: Json): FormError[] {
  const errors: FormError[] = [];
  for (const field of matchingFields(form, value)) {
    if (field.hidden || field.readOnly) continue;
    if (errors.length >= MAX_ERRORS) break;
    if (field.control === 'list') errors.push(...listErrors(field, value));
    else errors.push(...fieldErrors(field, value, field.path).slice(0, 1));
  }
  return errors.slice(0, MAX_ERRORS);
}

function listErrors(list: FormField, value: Json): FormError[] {
  const members = valueAt(value, list.path);
  const errors = countErrors(list, members, list.path);
  if (!Array.isArray(members)) return errors;
  for (const [index, member] of members.slice(0, MAX_ERRORS).entries()) {
    const own = isRecord(member) ? member : {};
    for (const item of matchingItems(list, own, value)) {
      if (item.hidden || item.readOnly) continue;
      const [error] = fieldErrors(item, own, item.path);
      if (error) {
        errors.push({
          ...error,
          key: list.key,
          pointer: `${pointer(list.path)}/${index}${pointer(item.path)}`,
          place: [...sectionsOf(list), list.key, index, item.key],
        });
      }
    }
  }
  return errors;
}

function countErrors(field: FormField, members: unknown, path: Path): FormError[] {
  const { required, minLength, maxLength } = field.limits;
  const count = Array.isArray(members) ? members.length : 0;
  if (required && count === 0) return [error(field, path, 'required')];
  if (members !== undefined && members !== null && !Array.isArray(members))
    return [error(field, path, 'type')];
  // An empty list that is not required is no list at all.
  if (minLength !== undefined && count > 0 && count < minLength)
    return [error(field, path, 'minItems', minLength)];
  if (maxLength !== undefined && count > maxLength) return [error(field, path, 'maxItems', maxLength)];
  return [];
}

function fieldErrors(field: FormField, root: Json, path: Path): FormError[] {
  const stored = valueAt(root, path);
  const fail = (code: FormError['code'], limit?: number | string) => [error(field, path, code, limit)];
  if (field.multiple) {
    const counted = countErrors(field, stored, path);
    if (counted.length > 0 || !Array.isArray(stored)) return counted;
    return stored.flatMap((member) => scalarErrors(field, member, path, false)).slice(0, 1);
  }
  // A switch that was never touched is off, which is an answer.
  const isAsked = field.limits.required && field.control !== 'switch' && field.control !== 'checkbox';
  if (!isFilled(root, path)) return isAsked ? fail('required') : [];
  if (field.control === 'yaml')
    return typeof stored === 'string' && field.storedAs !== 'string' ? fail('yaml') : [];
  if (field.control === 'resources') return areQuantities(stored) ? [] : fail('quantity');
  return scalarErrors(field, stored, path, true);
}

function scalarErrors(field: FormField, stored: unknown, path: Path, counted: boolean): FormError[] {
  const { control, limits, options, storedAs } = field;
  const fail = (code: FormError['code'], limit?: number | string) => [error(field, path, code, limit)];
  if (typeof stored === 'object') return fail('type');
  if (control === 'switch' || control === 'checkbox') {
    return typeof stored === 'boolean' || stored === 'true' || stored === 'false' ? [] : fail('type');
  }
  if (
    (control === 'select' || control === 'radio') &&
    !options.some(({ value }) => value === String(stored))
  ) {
    return fail('choice', options.map(({ value }) => value).join(', '));
  }
  if (control === 'number' || storedAs === 'number') {
    const number = typeof stored === 'string' && stored.trim() === '' ? Number.NaN : Number(stored);
    if (!Number.isFinite(number)) return fail('type');
    if (limits.minimum !== undefined && number < limits.minimum) return fail('minimum', limits.minimum);
    if (limits.maximum !== undefined && number > limits.maximum) return fail('maximum', limits.maximum);
  }
  const written = String(stored);
  if (counted && control !== 'number') {
    const length = [...written].length;
    if (limits.minLength !== undefined && length < limits.minLength)
      return fail('minLength', limits.minLength);
    if (limits.maxLength !== undefined && length > limits.maxLength)
      return fail('maxLength', limits.maxLength);
  }
  if (limits.pattern !== undefined && !fitsPattern(limits.pattern, written))
    return fail('pattern', limits.pattern);
  return [];
}

function areQuantities(stored: unknown): boolean {
  if (!isRecord(stored)) return false;
  return [stored.limits, stored.requests].every((side) => {
    if (side === undefined || side === null) return true;
    return isRecord(side) && Object.values(side).every((one) => QUANTITY.test(String(one).slice(0, 100)));
  });
}

function error(field: FormField, path: Path, code: FormError['code'], limit?: number | string): FormError {
  const sentence = {
    required: 'is required',
    type: 'has a value of the wrong type',
    yaml: 'is not valid YAML',
    quantity: 'has an amount that is none, such as 500m or 1Gi',
    choice: `is not one of ${limit}`,
    minimum: `is less than ${limit}`,
    maximum: `is more than ${limit}`,
    minLength: `is shorter than ${limit} characters`,
    maxLength: `is longer than ${limit} characters`,
    minItems: `has fewer than ${limit} entries`,
    maxItems: `has more than ${limit} entries`,
    pattern: `does not match ${limit}`,
  }[code];
  return {
    key: field.key,
    pointer: pointer(path),
    place: [...sectionsOf(field), field.key],
    label: field.label,
    code,
    ...(limit === undefined ? {} : { limit }),
    message: `${field.label} ${sentence}`,
  };
}
