import type { ApiObject, ClusterServiceVersionObject, OperatorGroupObject } from '../objects';
import { field, list, text } from '../untrusted';
import { componentLabel } from './ownership';

/** An API that custom resources of an operator are of. */
export interface Api {
  group: string;
  version: string;
  resource: string;
  kind: string;
  /** `plural.group`: the name of its CustomResourceDefinition. */
  name: string;
}

const MAX_APIS = 50;

/** The CustomResourceDefinitions that ClusterServiceVersions own, each once. */
export function ownedApis(versions: readonly ClusterServiceVersionObject[]): Api[] {
  return unique(versions.flatMap((version) => definitionsOf(version, 'owned')));
}

/** The names of the CustomResourceDefinitions that a ClusterServiceVersion owns or requires. */
export function definitionNames(
  version: ClusterServiceVersionObject,
  relation: 'owned' | 'required',
): string[] {
  return definitionsOf(version, relation).map(({ name }) => name);
}

/** CustomResourceDefinitions that OLM labelled as one operator's: what is known once its version is gone. */
export function labelledApis(
  definitions: readonly ApiObject[],
  subject: { namespace: string; package: string },
): Api[] {
  const label = componentLabel(subject.package, subject.namespace);
  return unique(definitions.filter(({ metadata }) => metadata.labels?.[label] !== undefined).map(apiOf));
}

/** The API of a CustomResourceDefinition, in the version in which its objects are stored. */
export function apiOf({ metadata, spec }: ApiObject): Api {
  const versions = list(field(spec, 'versions'), (version) => version, 100);
  const served = versions.filter((version) => field(version, 'served') !== false);
  const stored = served.find((version) => field(version, 'storage') === true) ?? served[0];
  const names = field(spec, 'names');
  return {
    group: text(field(spec, 'group'), 253),
    version: text(field(stored, 'name'), 63),
    resource: text(field(names, 'plural'), 253),
    kind: text(field(names, 'kind'), 100),
    name: metadata.name,
  };
}

/**
 * The namespaces whose custom resources an installation looks after; `undefined` for all. OLM writes them on the
 * ClusterServiceVersion; once that is gone the namespace's OperatorGroup still tells.
 */
export function watchedNamespaces(
  version: ClusterServiceVersionObject | undefined,
  groups: readonly OperatorGroupObject[],
): string[] | undefined {
  const annotation = version?.metadata.annotations?.['olm.targetNamespaces'];
  const targets =
    annotation === undefined
      ? (groups[0]?.status?.namespaces ?? groups[0]?.spec?.targetNamespaces)
      : annotation.split(',');
  const named = (targets ?? []).map((namespace) => namespace.trim()).filter((namespace) => namespace !== '');
  return named.length > 0 && !targets?.includes('') ? named : undefined;
}

function definitionsOf(version: ClusterServiceVersionObject, relation: 'owned' | 'required'): Api[] {
  return list(field(field(version.spec, 'customresourcedefinitions'), relation), (definition) => {
    const name = text(field(definition, 'name'), 253);
    const dot = name.indexOf('.');
    const api: Api = {
      group: name.slice(dot + 1),
      version: text(field(definition, 'version'), 63),
      resource: name.slice(0, dot),
      kind: text(field(definition, 'kind'), 100),
      name,
    };
    // Names of catalogues become parts of a path, so only those that Kubernetes accepts are taken.
    const sound = dot > 0 && /^[a-z0-9.-]+$/.test(name) && /^v[a-z0-9]+$/.test(api.version);
    return sound ? api : undefined;
  });
}

function unique(apis: readonly Api[]): Api[] {
  return [...new Map(apis.map((api) => [api.name, api])).values()].slice(0, MAX_APIS);
}
