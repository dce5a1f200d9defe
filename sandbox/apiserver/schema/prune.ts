import { isObject, type JsonObject } from '../json.ts';
import { keepsUnknown, propertyOf, type Resolve, type Schema } from './schema.ts';

interface PruneContext {
  resolve: Resolve;
  /** Paths of what was dropped, for `fieldValidation=Strict` and `Warn`. */
  unknown: string[];
  /** Built-in kinds read `null` as "not given", as Go's decoder does. */
  dropNulls: boolean;
}

/**
 * Removes what the schema does not name (structural schema pruning); the input is not changed.
 * `path` is where `value` stands, e.g. `spec`; the root is `''`.
 */
export function prune(value: unknown, schema: Schema, path: string, context: PruneContext): unknown {
  const resolved = context.resolve(schema);
  if (Array.isArray(value)) {
    const { items } = resolved;
    if (!items) return value;
    return value.map((item, index) => prune(item, items, `${path}[${index}]`, context));
  }
  if (!isObject(value)) return value;
  if (!isStructured(resolved)) return value;
  const pruned: JsonObject = {};
  const embedded = resolved['x-kubernetes-embedded-resource'] === true;
  for (const [key, child] of Object.entries(value)) {
    if (context.dropNulls && child === null) continue;
    const childPath = path === '' ? key : `${path}.${key}`;
    const property = propertyOf(resolved, key);
    if (property) pruned[key] = prune(child, property, childPath, context);
    else if (keepsUnknown(resolved) || (embedded && embeddedKeys.has(key))) pruned[key] = child;
    else context.unknown.push(childPath);
  }
  return pruned;
}

const embeddedKeys = new Set(['apiVersion', 'kind', 'metadata']);

/** A schema that says nothing about an object's fields (`{}` or a bare type of a built-in kind) prunes nothing. */
function isStructured(schema: Schema): boolean {
  return (
    schema.type === 'object' || schema.properties !== undefined || schema.additionalProperties !== undefined
  );
}

/** Fills in `default`s of the schema where fields are missing, or null where null is not allowed. */
export function applyDefaults(value: unknown, schema: Schema): unknown {
  if (Array.isArray(value)) {
    const { items } = schema;
    return items ? value.map((item) => applyDefaults(item, items)) : value;
  }
  if (!isObject(value)) return value;
  let result = value;
  const set = (key: string, child: unknown) => {
    if (result === value) result = { ...value };
    result[key] = child;
  };
  for (const [key, property] of Object.entries(schema.properties ?? {})) {
    if (property.default === undefined) continue;
    const present = Object.hasOwn(value, key);
    if (present && (value[key] !== null || property.nullable)) continue;
    set(key, structuredClone(property.default));
  }
  for (const [key, child] of Object.entries(result)) {
    const property = propertyOf(schema, key);
    if (!property) continue;
    const filled = applyDefaults(child, property);
    if (filled !== child) set(key, filled);
  }
  return result;
}
