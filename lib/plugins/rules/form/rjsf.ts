import type { ErrorSchema, ValidatorType } from '@rjsf/utils';
import { isRecord, type Json, record, strings } from '../json';
import type { FormError } from './validate';

/**
 * What rjsf needs to ask of a value: whether a condition of `formSchemaOf` holds. It interprets the few
 * keywords that those use, so that the page needs no `unsafe-eval`. Errors come from `validate`, through
 * the form's `extraErrors` (see `errorSchemaOf`).
 */
export const conditionValidator: ValidatorType = {
  isValid: (schema, formData) => holds(record(schema), formData),
  validateFormData: () => ({ errors: [], errorSchema: {} }),
  rawValidation: () => ({ errors: [] }),
};

function holds(schema: Json, value: unknown): boolean {
  const inner = isRecord(value) ? value : {};
  return (
    (!Array.isArray(schema.enum) || schema.enum.includes(value)) &&
    strings(schema.required).every((key) => Object.hasOwn(inner, key)) &&
    Object.entries(record(schema.properties)).every(
      ([key, property]) => !Object.hasOwn(inner, key) || holds(record(property), inner[key]),
    ) &&
    (!Array.isArray(schema.allOf) || schema.allOf.every((part) => holds(record(part), value)))
  );
}

/**
 * Errors in the shape of rjsf's `extraErrors`.
 * @param wordOf the sentence in the reader's language
 */
export function errorSchemaOf(
  errors: readonly FormError[],
  wordOf: (error: FormError) => string,
): ErrorSchema {
  const root: ErrorSchema = {};
  for (const error of errors) {
    let node: ErrorSchema = root;
    for (const key of error.place) {
      node[key] ??= {};
      // Keys of a form are pointers, sections or indices, never `__errors`.
      node = node[key] as ErrorSchema;
    }
    node.__errors = [...(node.__errors ?? []), wordOf(error)];
  }
  return root;
}
