import { field, type Json, record } from '../untrusted';

/** Fields that a schema requires and an older one did not, as paths such as `spec.backup[].target`. */
export interface RequiredFields {
  paths: string[];
  /** The schemas are deeper or larger than is looked at, so there may be more. */
  truncated: boolean;
}

const MAX_DEPTH = 32;
const MAX_NODES = 50_000;
const MAX_PATHS = 200;

/**
 * Compares two structural schemas (`openAPIV3Schema` of a CustomResourceDefinition). A field with a default is not
 * reported: the API server fills it in. Fields below an object that the older schema does not know are not either:
 * no existing object has that object.
 */
export function newlyRequired(before: unknown, after: unknown): RequiredFields {
  const search: Search = { paths: [], nodes: 0, truncated: false };
  visit(record(before), record(after), '', 0, search);
  return { paths: search.paths, truncated: search.truncated };
}

interface Search extends RequiredFields {
  nodes: number;
}

function visit(before: Json, after: Json, path: string, depth: number, search: Search): void {
  search.nodes += 1;
  if (depth > MAX_DEPTH || search.nodes > MAX_NODES || search.paths.length >= MAX_PATHS) {
    search.truncated = true;
    return;
  }
  const properties = record(after.properties);
  const known = record(before.properties);
  const required = new Set(strings(before.required));
  for (const name of strings(after.required)) {
    // `kind`, `apiVersion` and `metadata` are on every object.
    if (required.has(name) || (depth === 0 && ['apiVersion', 'kind', 'metadata'].includes(name))) continue;
    if (field(field(properties, name), 'default') === undefined) search.paths.push(join(path, name));
  }
  for (const [name, schema] of Object.entries(properties)) {
    if (Object.hasOwn(known, name))
      visit(record(known[name]), record(schema), join(path, name), depth + 1, search);
  }
  if (isSchema(before.items) && isSchema(after.items)) {
    visit(record(before.items), record(after.items), `${path}[]`, depth + 1, search);
  }
  if (isSchema(before.additionalProperties) && isSchema(after.additionalProperties)) {
    visit(
      record(before.additionalProperties),
      record(after.additionalProperties),
      join(path, '*'),
      depth + 1,
      search,
    );
  }
}

function isSchema(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((name) => typeof name === 'string').slice(0, 500) : [];
}

function join(path: string, name: string): string {
  return path ? `${path}.${name}` : name;
}
