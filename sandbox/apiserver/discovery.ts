import { createHash } from 'node:crypto';
import type { APIResource } from './extension.ts';
import { common, type Negotiated, pageNotFound, respond } from './negotiate.ts';
import type { Registry } from './registry.ts';
import { groupVersion, type Resource, storageVersionHash } from './resource.ts';

export const discoveryForms = ['APIGroupDiscoveryList'];

interface GroupVersion {
  group: string;
  version: string;
  resources: APIResource[];
}

const cache = new WeakMap<Registry, { generation: number; served: GroupVersion[] }>();

function groupVersions(registry: Registry): GroupVersion[] {
  const known = cache.get(registry);
  if (known?.generation === registry.generation) return known.served;
  const served = collect(registry);
  cache.set(registry, { generation: registry.generation, served });
  return served;
}

/** Built-in resources keep their order; versions of a group are ordered by Kubernetes' version priority. */
function collect(registry: Registry): GroupVersion[] {
  const found = new Map<string, GroupVersion>();
  const add = (group: string, version: string, resources: APIResource[]) => {
    const id = groupVersion({ group, version });
    const known = found.get(id);
    if (known) known.resources.push(...resources);
    else found.set(id, { group, version, resources: [...resources] });
  };
  for (const resource of registry.all())
    if (resource.builtin) add(resource.group, resource.version, apiResources(resource));
  for (const api of registry.aggregatedApis()) add(api.group, api.version, api.resources);
  const custom = registry.all().filter((resource) => !resource.builtin);
  const first = firstServices(custom);
  for (const resource of [...custom].sort(byGroupAndVersion(first)))
    add(resource.group, resource.version, apiResources(resource));
  return [...found.values()];
}

/** Groups of equal priority come in the order of the names of their first APIServices, `version.group`. */
function firstServices(resources: Resource[]): Map<string, string> {
  const first = new Map<string, string>();
  for (const { group, version } of resources) {
    const name = `${version}.${group}`;
    const known = first.get(group);
    if (known === undefined || name < known) first.set(group, name);
  }
  return first;
}

function byGroupAndVersion(first: Map<string, string>): (a: Resource, b: Resource) => number {
  return (a, b) => {
    if (a.group !== b.group) return (first.get(a.group) ?? '') < (first.get(b.group) ?? '') ? -1 : 1;
    return compareVersions(a.version, b.version) || (a.resource < b.resource ? -1 : 1);
  };
}

/** `v2` before `v1` before `v1beta1` before `v1alpha1` (`k8s.io/apimachinery/pkg/version`). */
export function compareVersions(a: string, b: string): number {
  const rank = (version: string): number[] => {
    const match = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version);
    if (!match) return [0, 0, 0];
    const stability = match[2] === undefined ? 3 : match[2] === 'beta' ? 2 : 1;
    return [stability, Number(match[1]), Number(match[3] ?? 0)];
  };
  const [left, right] = [rank(a), rank(b)];
  for (let index = 0; index < 3; index++) {
    const difference = (right[index] ?? 0) - (left[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return a < b ? -1 : a > b ? 1 : 0;
}

function apiResources(resource: Resource): APIResource[] {
  const main: APIResource = {
    name: resource.resource,
    singularName: resource.singular,
    namespaced: resource.namespaced,
    kind: resource.kind,
    verbs: [...resource.verbs],
    ...(resource.shortNames.length > 0 ? { shortNames: [...resource.shortNames] } : {}),
    ...(resource.categories.length > 0 ? { categories: [...resource.categories] } : {}),
    ...(resource.verbs.includes('list') && resource.verbs.includes('create')
      ? { storageVersionHash: storageVersionHash(resource) }
      : {}),
  };
  const subresources = resource.subresources.map(
    ({ name, kind, verbs, group, version }): APIResource => ({
      name: `${resource.resource}/${name}`,
      singularName: '',
      namespaced: resource.namespaced,
      ...(group && version ? { group, version } : {}),
      kind,
      verbs,
    }),
  );
  return [main, ...subresources];
}

function versionEntry(group: string, version: string) {
  return { groupVersion: groupVersion({ group, version }), version };
}

function apiGroup(group: string, versions: GroupVersion[]) {
  const entries = versions.map(({ version }) => versionEntry(group, version));
  return { name: group, versions: entries, preferredVersion: entries[0] };
}

/** Groups with their versions, the core group left out. */
function grouped(registry: Registry): [string, GroupVersion[]][] {
  const byName = new Map<string, GroupVersion[]>();
  for (const entry of groupVersions(registry)) {
    if (entry.group !== '') byName.set(entry.group, [...(byName.get(entry.group) ?? []), entry]);
  }
  for (const versions of byName.values()) versions.sort((a, b) => compareVersions(a.version, b.version));
  return [...byName];
}

/**
 * Answers `/api`, `/api/v1`, `/apis`, `/apis/<group>` and `/apis/<group>/<version>`.
 * @param address where clients reach the server, for `serverAddressByClientCIDRs`
 */
export function discover(path: string, registry: Registry, accept: Negotiated, address: string): Response {
  const parts = path.split('/').filter((part) => part !== '');
  const [root, first, second] = parts;
  if (root === 'api') {
    if (accept.as && parts.length === 1) {
      const core = groupVersions(registry).filter(({ group }) => group === '');
      return aggregated(registry, [['', core]], accept);
    }
    if (parts.length === 1) {
      const serverAddressByClientCIDRs = [{ clientCIDR: '0.0.0.0/0', serverAddress: address }];
      return respond({ kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs }, { as: accept });
    }
    return resourceList(registry, '', first ?? '', accept);
  }
  const found = grouped(registry);
  if (parts.length === 1) {
    if (accept.as) return aggregated(registry, found, accept);
    const body = {
      kind: 'APIGroupList',
      apiVersion: 'v1',
      groups: found.map(([name, versions]) => apiGroup(name, versions)),
    };
    return respond(body, { as: accept });
  }
  const group = found.find(([name]) => name === first);
  if (!group) return pageNotFound();
  if (parts.length === 2)
    return respond({ kind: 'APIGroup', apiVersion: 'v1', ...apiGroup(...group) }, { as: accept });
  return resourceList(registry, first ?? '', second ?? '', accept);
}

function resourceList(registry: Registry, group: string, version: string, accept: Negotiated): Response {
  const found = groupVersions(registry).find((entry) => entry.group === group && entry.version === version);
  if (!found) return pageNotFound();
  const resources = isBuiltinGroup(registry, group)
    ? [...found.resources].sort((a, b) => (a.name < b.name ? -1 : 1))
    : found.resources;
  const body = {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: groupVersion({ group, version }),
    resources,
  };
  const { kind, apiVersion, ...rest } = body;
  // The core group's document is older than the others and carries no apiVersion.
  return respond(group === '' ? { kind, ...rest } : { kind, apiVersion, ...rest }, { as: accept });
}

function isBuiltinGroup(registry: Registry, group: string): boolean {
  return registry.all().some((resource) => resource.builtin && resource.group === group);
}

function aggregated(registry: Registry, served: [string, GroupVersion[]][], accept: Negotiated): Response {
  const custom = new Set(
    registry
      .all()
      .filter(({ builtin }) => !builtin)
      .map(groupVersion),
  );
  const body = {
    kind: 'APIGroupDiscoveryList',
    apiVersion: `apidiscovery.k8s.io/${accept.version || 'v2'}`,
    metadata: {},
    items: served.map(([group, versions]) => ({
      metadata: group === '' ? {} : { name: group },
      versions: versions.map(({ version, resources }) => ({
        version,
        resources: discoveryResources(
          resources,
          custom.has(groupVersion({ group, version })) ? { group, version } : undefined,
        ),
        freshness: 'Current',
      })),
    })),
  };
  const text = JSON.stringify(body);
  const etag = createHash('sha512').update(text).digest('hex').toUpperCase();
  return new Response(text, {
    headers: {
      ...common,
      'cache-control': 'public',
      'content-type': `application/json;g=apidiscovery.k8s.io;v=${accept.version || 'v2'};as=APIGroupDiscoveryList`,
      etag: `"${etag}"`,
      vary: 'Accept',
    },
  });
}

/** `own` is the group version of custom resources, which say it in each entry; others leave theirs out. */
function discoveryResources(resources: APIResource[], own: { group: string; version: string } | undefined) {
  const main = resources.filter(({ name }) => !name.includes('/'));
  const responseKind = ({ group = own?.group ?? '', version = own?.version ?? '', kind }: APIResource) => ({
    group,
    version,
    kind,
  });
  return main.map((resource) => {
    const subresources = resources
      .filter(({ name }) => name.startsWith(`${resource.name}/`))
      .map((entry) => ({
        subresource: entry.name.slice(resource.name.length + 1),
        responseKind: responseKind(entry),
        verbs: entry.verbs,
      }));
    return {
      resource: resource.name,
      responseKind: responseKind(resource),
      scope: resource.namespaced ? 'Namespaced' : 'Cluster',
      singularResource: resource.singularName,
      verbs: resource.verbs,
      ...(resource.shortNames ? { shortNames: resource.shortNames } : {}),
      ...(resource.categories ? { categories: resource.categories } : {}),
      ...(subresources.length > 0 ? { subresources } : {}),
    };
  });
}
