import type { JsonObject } from '../json.ts';

/**
 * The part of OpenAPI v3 that structural schemas use (`apiextensions.k8s.io/v1 JSONSchemaProps`).
 * `$ref` occurs in the schemas of built-in kinds only and names a model of `builtin/models.ts`.
 */
export interface Schema {
  $ref?: string;
  type?: string;
  format?: string;
  description?: string;
  nullable?: boolean;
  default?: unknown;
  enum?: unknown[];
  pattern?: string;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: boolean;
  exclusiveMaximum?: boolean;
  multipleOf?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  minProperties?: number;
  maxProperties?: number;
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  items?: Schema;
  required?: string[];
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  not?: Schema;
  'x-kubernetes-preserve-unknown-fields'?: boolean;
  'x-kubernetes-embedded-resource'?: boolean;
  'x-kubernetes-int-or-string'?: boolean;
  'x-kubernetes-list-type'?: string;
  'x-kubernetes-list-map-keys'?: string[];
  'x-kubernetes-map-type'?: string;
}

/** Follows `$ref`; schemas of custom resources have none. */
export type Resolve = (schema: Schema) => Schema;

export const noRefs: Resolve = (schema) => schema;

/** The schema of one property, `undefined` where the schema does not know it. */
export function propertyOf(schema: Schema, key: string): Schema | undefined {
  const { properties, additionalProperties } = schema;
  if (properties && Object.hasOwn(properties, key)) return properties[key];
  return typeof additionalProperties === 'object' ? additionalProperties : undefined;
}

/** Whether fields that the schema does not name stay. */
export function keepsUnknown(schema: Schema): boolean {
  return schema['x-kubernetes-preserve-unknown-fields'] === true || schema.additionalProperties === true;
}

/** Reads a CRD's `openAPIV3Schema`; the CRD's own validation has looked at its shape. */
export function asSchema(value: JsonObject): Schema {
  return value as Schema;
}
