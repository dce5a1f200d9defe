import { model } from '../builtin/models.ts';
import { at, stringAt } from '../json.ts';
import { age } from './age.ts';
import type { Column } from './column.ts';
import { compileJsonPath } from './jsonpath.ts';

/** Description of a field of object metadata, from Kubernetes' own documentation of it. */
export function metadataDescription(field: string): string {
  return model('V1ObjectMeta')?.properties?.[field]?.description ?? '';
}

/** The first column of every Table: the object's name. */
export function nameColumn(): Column {
  return {
    name: 'Name',
    type: 'string',
    format: 'name',
    description: metadataDescription('name'),
    priority: 0,
    cell: (object) => object.metadata.name ?? '',
  };
}

/** The columns of a custom resource: its name, then what the CRD declares, or its age when that is nothing. */
export function crdColumns(declared: readonly unknown[]): Column[] {
  if (declared.length === 0) return [nameColumn(), defaultAge()];
  return [nameColumn(), ...declared.map(declaredColumn)];
}

function defaultAge(): Column {
  return {
    name: 'Age',
    type: 'date',
    format: '',
    description: metadataDescription('creationTimestamp'),
    priority: 0,
    cell: (object) => age(object.metadata.creationTimestamp),
  };
}

function declaredColumn(column: unknown): Column {
  const path = stringAt(column, 'jsonPath') ?? '';
  const type = stringAt(column, 'type') ?? 'string';
  const find = compileJsonPath(path);
  const priority = at(column, 'priority');
  return {
    name: stringAt(column, 'name') ?? '',
    type,
    format: stringAt(column, 'format') ?? '',
    description:
      stringAt(column, 'description') ?? `Custom resource definition column (in JSONPath format): ${path}`,
    priority: typeof priority === 'number' ? priority : 0,
    cell: (object) => cellOf(find?.(object) ?? [], type),
  };
}

function cellOf(values: unknown[], type: string): unknown {
  if (values.length === 0) return null;
  const [value] = values;
  switch (type) {
    case 'integer':
      return typeof value === 'number' ? Math.trunc(value) : null;
    case 'number':
      return typeof value === 'number' ? value : null;
    case 'boolean':
      return typeof value === 'boolean' ? value : null;
    case 'date':
      return age(value);
    default:
      return values.map(print).join(',');
  }
}

function print(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}
