import type { KubeObject } from '../../client/types.ts';
import { arrayAt, at, isObject, stringAt } from '../json.ts';
import type { Resource, Subresource } from '../resource.ts';
import { asSchema, noRefs } from '../schema/schema.ts';
import { crdColumns } from '../table/crd-columns.ts';

const verbs = ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch'];
const subresourceVerbs = ['get', 'patch', 'update'];

/** Whether a CRD's names have been accepted and its resources are served. */
export function isEstablished(definition: KubeObject): boolean {
  return arrayAt(definition, 'status', 'conditions').some(
    (condition) => at(condition, 'type') === 'Established' && at(condition, 'status') === 'True',
  );
}

/** The resources that an established CRD serves, one per served version. */
export function customResources(definition: KubeObject): Resource[] {
  const versions = arrayAt(definition, 'spec', 'versions').filter(
    (version) => at(version, 'served') === true,
  );
  const storage = arrayAt(definition, 'spec', 'versions').find((version) => at(version, 'storage') === true);
  return versions.map((version) => customResource(definition, version, stringAt(storage, 'name') ?? ''));
}

function customResource(definition: KubeObject, version: unknown, storageVersion: string): Resource {
  const names = at(definition, 'status', 'acceptedNames') ?? at(definition, 'spec', 'names');
  const group = stringAt(definition, 'spec', 'group') ?? '';
  const resource = stringAt(names, 'plural') ?? '';
  const kind = stringAt(names, 'kind') ?? '';
  const schema = at(version, 'schema', 'openAPIV3Schema');
  const subresources = subresourcesOf(version, kind);
  return {
    group,
    version: stringAt(version, 'name') ?? '',
    resource,
    singular: stringAt(names, 'singular') ?? kind.toLowerCase(),
    kind,
    listKind: stringAt(names, 'listKind') ?? `${kind}List`,
    namespaced: stringAt(definition, 'spec', 'scope') === 'Namespaced',
    verbs,
    shortNames: strings(at(names, 'shortNames')),
    categories: strings(at(names, 'categories')),
    subresources,
    storage: { group, resource },
    storageVersion,
    builtin: false,
    hasStatus: subresources.some(({ name }) => name === 'status'),
    hasGeneration: true,
    unconditionalUpdate: false,
    fieldLabels: arrayAt(version, 'selectableFields').map((field) =>
      (stringAt(field, 'jsonPath') ?? '').replace(/^\./, ''),
    ),
    schema: isObject(schema) ? asSchema(schema) : undefined,
    resolve: noRefs,
    columns: () => crdColumns(arrayAt(version, 'additionalPrinterColumns')),
    nameRule: 'subdomain',
  };
}

function subresourcesOf(version: unknown, kind: string): Subresource[] {
  const declared = at(version, 'subresources');
  const subresources: Subresource[] = [];
  if (isObject(at(declared, 'status'))) subresources.push({ name: 'status', kind, verbs: subresourceVerbs });
  if (isObject(at(declared, 'scale'))) {
    subresources.push({
      name: 'scale',
      kind: 'Scale',
      group: 'autoscaling',
      version: 'v1',
      verbs: subresourceVerbs,
    });
  }
  return subresources;
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
