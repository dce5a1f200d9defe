import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Schema } from '../schema/schema.ts';

/**
 * Schemas of Kubernetes' own kinds, read from the type declarations that `@kubernetes/client-node` is generated with
 * (Kubernetes' published OpenAPI): fields, which of them are required, descriptions. Read on demand, a file per model.
 */
const folder = path.join(
  path.dirname(createRequire(import.meta.url).resolve('@kubernetes/client-node')),
  'gen',
  'models',
);
const models = new Map<string, Schema | undefined>();

/** The schema of a model such as `V1Deployment`; references to other models are `$ref`s to their names. */
export function model(name: string): Schema | undefined {
  if (!models.has(name)) models.set(name, read(name));
  return models.get(name);
}

/** Follows a `$ref` to a model; whatever can't be found is a schema that accepts everything. */
export function resolveModel(schema: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  return model(schema.$ref) ?? anything;
}

const anything: Schema = { 'x-kubernetes-preserve-unknown-fields': true };

function read(name: string): Schema | undefined {
  if (!/^\w+$/.test(name)) return undefined;
  try {
    return parseDeclaration(readFileSync(path.join(folder, `${name}.d.ts`), 'utf8'), name);
  } catch {
    return undefined;
  }
}

const member =
  /(?:\/\*\*\s*\n((?:\s*\*[^\n]*\n)*?)\s*\*\/\s*\n)?\s{4}'([^']+)'(\?)?: ((?:\{\s*\[key: string\]: (?:[^{}]|\{[^{}]*\})+;\s*\})|[^;{]+);/g;

function parseDeclaration(text: string, name: string): Schema {
  const start = text.indexOf('export declare class');
  const body = text.slice(start);
  const properties: Record<string, Schema> = {};
  const required: string[] = [];
  for (const [, comment, rawName = '', optional, type = ''] of body.matchAll(member)) {
    const field = fieldName(rawName, name);
    const schema = schemaOfType(type.trim(), name);
    const description = descriptionOf(comment);
    // A `$ref` must stand alone in OpenAPI v2, so its description goes beside it in an allOf when documents are made.
    properties[field] = description ? { ...schema, description } : schema;
    if (!optional) required.push(field);
  }
  const description = descriptionOf(
    /\/\*\*\s*\n((?:\s*\*[^\n]*\n)*?)\s*\*\/\s*\nexport declare class/.exec(text)?.[1],
  );
  return {
    type: 'object',
    ...(description ? { description } : {}),
    properties,
    ...(required.length > 0 ? { required } : {}),
  };
}

/** Undoes the generator's escapes: `_default`, `x_kubernetes_list_type`, `ref`. */
function fieldName(name: string, modelName: string): string {
  if (name.startsWith('x_kubernetes_')) return name.replaceAll('_', '-');
  if (modelName === 'V1JSONSchemaProps' && (name === 'ref' || name === 'schema')) return `$${name}`;
  return name.startsWith('_') ? name.slice(1) : name;
}

const primitives: Record<string, Schema> = {
  string: { type: 'string' },
  boolean: { type: 'boolean' },
  number: { type: 'integer' },
  Date: { type: 'string', format: 'date-time' },
  V1MicroTime: { type: 'string', format: 'date-time' },
  IntOrString: { 'x-kubernetes-int-or-string': true },
  any: anything,
};

function schemaOfType(type: string, modelName: string): Schema {
  if (Object.hasOwn(primitives, type)) {
    return type === 'number' && modelName === 'V1JSONSchemaProps'
      ? { type: 'number' }
      : { ...primitives[type] };
  }
  const item = /^Array<(.+)>$/s.exec(type)?.[1];
  if (item) return { type: 'array', items: schemaOfType(item.trim(), modelName) };
  const value = /^\{\s*\[key: string\]: (.+);\s*\}$/s.exec(type)?.[1];
  if (value) return { type: 'object', additionalProperties: schemaOfType(value.trim(), modelName) };
  return { $ref: type };
}

function descriptionOf(comment: string | undefined): string | undefined {
  if (!comment) return undefined;
  const lines = comment.split('\n').map((line) => line.replace(/^\s*\*\s?/, ''));
  return (
    lines.join('\n').trim().replaceAll("\\'", "'").replaceAll('\\"', '"').replaceAll('\\\\', '\\') ||
    undefined
  );
}
