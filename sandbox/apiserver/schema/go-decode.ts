import { isObject, type JsonObject } from '../json.ts';
import { UndecodableError } from '../status.ts';
import { base64Problem } from './base64.ts';
import { propertyOf, type Resolve, type Schema } from './schema.ts';

/**
 * Checks that a value fits the Go types of a built-in kind: one of the wrong type does not decode at all.
 * @param kind the kind's own Go type
 * @throws UndecodableError in the words of `sigs.k8s.io/json`
 */
export function checkDecodable(kind: string, body: JsonObject, schema: Schema, resolve: Resolve): void {
  const found = firstWrong(body, schema, { struct: kind, path: '', resolve });
  if (!found) return;
  const { struct, path, expected, actual, problem } = found;
  throw new UndecodableError(
    problem ?? `json: cannot unmarshal ${actual} into Go struct field ${struct}.${path} of type ${expected}`,
    expected,
    actual,
  );
}

/** What JSON calls a value, as Go's decoder names it. */
export function jsonType(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

interface Place {
  /** The innermost Go struct around the value. */
  struct: string;
  /** Its fields from the outermost struct on; keys of maps and positions in lists do not count. */
  path: string;
  resolve: Resolve;
}

interface Wrong {
  struct: string;
  path: string;
  expected: string;
  actual: string;
  /** Where the text is not one of a wrong type. */
  problem?: string;
}

const goTypes: Record<string, string> = { string: 'string', number: 'float64', boolean: 'bool' };
const longIntegers = new Set([
  'activeDeadlineSeconds',
  'expirationSeconds',
  'fsGroup',
  'observedGeneration',
  'runAsGroup',
  'runAsUser',
  'terminationGracePeriodSeconds',
  'tolerationSeconds',
]);

function firstWrong(value: unknown, raw: Schema, place: Place): Wrong | undefined {
  if (value === null) return undefined;
  const schema = place.resolve(raw);
  const { type } = schema;
  if (type === undefined) return undefined;
  const { path } = place;
  if (!fits(value, type)) {
    if (isQuantity(schema, value, path)) return undefined;
    return { struct: place.struct, path, actual: jsonType(value), expected: goType(raw, schema, place) };
  }
  if (typeof value === 'string' && isBytes(place)) {
    const problem = base64Problem(value);
    return problem
      ? { struct: place.struct, path, actual: 'string', expected: '[]uint8', problem }
      : undefined;
  }
  if (Array.isArray(value)) {
    const { items } = schema;
    return items && firstOf(value, (item) => firstWrong(item, items, place));
  }
  if (!isObject(value)) return undefined;
  const struct = raw.$ref ? structName(raw.$ref) : place.struct;
  return firstOf(Object.entries(value), ([key, child]) => {
    const property = propertyOf(schema, key);
    if (!property) return undefined;
    const isField = schema.properties !== undefined && Object.hasOwn(schema.properties, key);
    const inner = isField ? { ...place, struct, path: path === '' ? key : `${path}.${key}` } : place;
    return firstWrong(child, property, inner);
  });
}

function fits(value: unknown, type: string): boolean {
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isObject(value);
  if (type === 'integer' || type === 'number') return typeof value === 'number';
  return typeof value === type;
}

function goType(raw: Schema, schema: Schema, place: Place): string {
  if (raw.$ref) return `v1.${structName(raw.$ref)}`;
  if (schema.type === 'integer')
    return longIntegers.has(place.path.slice(place.path.lastIndexOf('.') + 1)) ? 'int64' : 'int32';
  if (schema.type === 'array')
    return `[]${schema.items ? goType(schema.items, place.resolve(schema.items), place) : 'string'}`;
  if (schema.type === 'object') {
    const { additionalProperties } = schema;
    const values =
      typeof additionalProperties === 'object'
        ? goType(additionalProperties, place.resolve(additionalProperties), place)
        : 'interface {}';
    return `map[string]${values}`;
  }
  return goTypes[schema.type ?? ''] ?? 'string';
}

/** `V1DeploymentSpec` and `CoreV1Event` are generated names of the Go types `DeploymentSpec` and `Event`. */
function structName(model: string): string {
  return model.replace(/^[A-Z]?[a-z]*V\d+((alpha|beta)\d+)?/, '');
}

/** The generator of the schemas has kept no formats: these fields are bytes, which JSON has in base64. */
function isBytes({ struct, path }: Place): boolean {
  return (
    (struct === 'Secret' && path === 'data') ||
    (struct === 'ConfigMap' && path === 'binaryData') ||
    path.endsWith('.caBundle')
  );
}

/** Quantities (`cpu: 1`) may be numbers although their schema says string. */
function isQuantity(schema: Schema, value: unknown, path: string): boolean {
  return (
    schema.type === 'string' &&
    typeof value === 'number' &&
    /\.(limits|requests|hard|capacity|allocatable)(\.|$)/.test(path)
  );
}

function firstOf<Item, Found>(
  items: readonly Item[],
  look: (item: Item) => Found | undefined,
): Found | undefined {
  for (const item of items) {
    const found = look(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
