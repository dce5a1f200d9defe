import type { KubeObject } from '../../client/types.ts';
import { arrayAt, at, isObject, stringAt } from '../json.ts';
import { isPattern } from '../schema/pattern.ts';
import { type FieldError, forbiddenField, invalidValue, notSupported, required } from '../status.ts';

/** What a CustomResourceDefinition must fulfil (`apiextensions-apiserver/pkg/apis/apiextensions/validation`). */
export function validateDefinition(definition: KubeObject, old: KubeObject | undefined): FieldError[] {
  const errors: FieldError[] = [];
  const group = stringAt(definition, 'spec', 'group') ?? '';
  const plural = stringAt(definition, 'spec', 'names', 'plural') ?? '';
  const { name = '' } = definition.metadata;
  if (!group) errors.push(required('spec.group'));
  if (!plural) errors.push(required('spec.names.plural'));
  if (!stringAt(definition, 'spec', 'names', 'kind')) errors.push(required('spec.names.kind'));
  if (group && plural && name !== `${plural}.${group}`) {
    errors.push(invalidValue('metadata.name', name, `must be spec.names.plural+"."+spec.group`));
  }
  const scope = stringAt(definition, 'spec', 'scope');
  if (!scope) errors.push(required('spec.scope'));
  else if (scope !== 'Namespaced' && scope !== 'Cluster')
    errors.push(notSupported('spec.scope', scope, ['Cluster', 'Namespaced']));
  if (old && stringAt(old, 'spec', 'scope') !== scope)
    errors.push(invalidValue('spec.scope', scope, 'field is immutable'));
  return [...errors, ...versions(definition), ...removedStored(definition, old)];
}

function versions(definition: KubeObject): FieldError[] {
  const errors: FieldError[] = [];
  const all = arrayAt(definition, 'spec', 'versions');
  if (all.length === 0)
    errors.push(required('spec.versions', 'must have exactly one version marked as storage version'));
  const stored = all.filter((version) => at(version, 'storage') === true);
  if (all.length > 0 && stored.length !== 1) {
    errors.push(
      invalidValue(
        'spec.versions',
        shortVersions(all),
        'must have exactly one version marked as storage version',
      ),
    );
  }
  all.forEach((version, index) => {
    const path = `spec.versions[${index}]`;
    if (!stringAt(version, 'name')) errors.push(required(`${path}.name`));
    const schema = at(version, 'schema', 'openAPIV3Schema');
    if (!isObject(schema)) {
      errors.push(required(`${path}.schema.openAPIV3Schema`, 'schemas are required'));
      return;
    }
    const place = `${path}.schema.openAPIV3Schema`;
    if (schema.type === undefined) errors.push(required(`${place}.type`, 'must not be empty at the root'));
    else if (schema.type !== 'object') {
      errors.push(invalidValue(`${place}.type`, schema.type, 'must be object at the root'));
    }
    structural(schema, place, errors, { root: true });
  });
  return errors;
}

function shortVersions(all: unknown[]): unknown {
  return all.map((version) => ({ name: at(version, 'name'), storage: at(version, 'storage') }));
}

const types = ['array', 'boolean', 'integer', 'number', 'object', 'string'];

/** The rules of structural schemas: a type at every node, and nothing in `allOf`… that belongs to the tree itself. */
function structural(schema: unknown, path: string, errors: FieldError[], { root = false } = {}): void {
  if (!isObject(schema)) return;
  const { type } = schema;
  const preserves = schema['x-kubernetes-preserve-unknown-fields'] === true;
  const intOrString = schema['x-kubernetes-int-or-string'] === true;
  if (type === undefined) {
    if (!root && !intOrString && !preserves) {
      errors.push(required(`${path}.type`, 'must not be empty for specified object fields'));
    }
  } else if (typeof type !== 'string' || !types.includes(type)) {
    errors.push(notSupported(`${path}.type`, type, types));
  }
  if (intOrString && type !== undefined) {
    errors.push(invalidValue(`${path}.type`, type, 'must be empty if x-kubernetes-int-or-string is true'));
  }
  if (typeof schema.pattern === 'string' && !isPattern(schema.pattern)) {
    errors.push(invalidValue(`${path}.pattern`, schema.pattern, 'must be a valid regular expression'));
  }
  if (schema.$ref !== undefined) errors.push(forbiddenField(`${path}.$ref`, '$ref is not supported'));
  if (schema.additionalProperties !== undefined && isObject(schema.properties)) {
    errors.push(
      forbiddenField(
        `${path}.additionalProperties`,
        'additionalProperties and properties are mutual exclusive',
      ),
    );
  }
  if (type === 'array' && !isObject(schema.items))
    errors.push(required(`${path}.items`, 'must be specified'));
  for (const [key, child] of Object.entries(isObject(schema.properties) ? schema.properties : {})) {
    // The metadata of objects has its own schema; a CRD may only restrict name and generateName.
    if (root && key === 'metadata') continue;
    structural(child, `${path}.properties[${key}]`, errors);
  }
  if (isObject(schema.items)) structural(schema.items, `${path}.items`, errors);
  if (isObject(schema.additionalProperties))
    structural(schema.additionalProperties, `${path}.additionalProperties`, errors);
}

function removedStored(definition: KubeObject, old: KubeObject | undefined): FieldError[] {
  const names = arrayAt(definition, 'spec', 'versions').map((version) => at(version, 'name'));
  return arrayAt(old, 'status', 'storedVersions').flatMap((stored, index) =>
    names.includes(stored)
      ? []
      : [
          invalidValue(
            `status.storedVersions[${index}]`,
            stored,
            'missing from spec.versions; must remain in spec.versions until all objects are migrated',
          ),
        ],
  );
}
