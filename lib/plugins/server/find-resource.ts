import 'server-only';
import type { KubeClient } from '@/lib/kube/client';
import { KubeError } from '@/lib/kube/errors';
import { shared } from '@/lib/kube/shared';
import type { ResourceRef } from '@/lib/kube/types';

/** A kind as a cluster serves it. */
export interface FoundResource {
  ref: ResourceRef;
  kind: string;
  namespaced: boolean;
}

interface ApiResourceList {
  resources?: { name?: string; kind?: string; namespaced?: boolean; verbs?: string[] }[];
}

interface ApiGroupList {
  groups?: {
    preferredVersion?: { groupVersion?: string };
    versions?: { groupVersion?: string }[];
  }[];
}

const FRESH_MS = 60_000;
const MAX_GROUPS = 200;
const MAX_REMEMBERED = 200;
// Groups in which the kinds of pickers usually are; the others are asked only when none of these has the kind.
const usualGroups = ['', 'apps', 'storage.k8s.io', 'networking.k8s.io', 'scheduling.k8s.io', 'batch'];

/**
 * Finds a kind by discovery, with the user's own rights.
 * @param within the group and version that it has to be of; otherwise Kubernetes' own groups come first
 * @returns `undefined` when the cluster has no such kind that can be listed
 */
export async function findResource(
  kube: KubeClient,
  kind: string,
  within?: { group: string; version: string },
): Promise<FoundResource | undefined> {
  if (within) {
    const path = within.group ? `${within.group}/${within.version}` : within.version;
    if (!isGroupVersion(path)) return undefined;
    return (await resourcesOf(kube, path)).find((resource) => resource.kind === kind);
  }
  const groups = await groupVersions(kube);
  const isUsual = (path: string) => usualGroups.includes(groupOf(path));
  for (const paths of [groups.filter(isUsual), groups.filter((path) => !isUsual(path))]) {
    const lists = await Promise.all(paths.map((path) => resourcesOf(kube, path)));
    const found = lists.flat().find((resource) => resource.kind === kind);
    if (found) return found;
  }
  return undefined;
}

async function groupVersions(kube: KubeClient): Promise<string[]> {
  const { groups = [] } = await kube.path<ApiGroupList>('/apis', { verb: 'discover', resource: 'groups' });
  // A group's preferred version does not have all of its kinds: each kind is in versions of its own.
  const paths = groups.flatMap(({ preferredVersion, versions = [] }) =>
    [preferredVersion, ...versions].map((version) => version?.groupVersion ?? ''),
  );
  return [...new Set(['v1', ...paths.filter(isGroupVersion)])].slice(0, MAX_GROUPS);
}

/** What one group and version serves, remembered for a minute. An aggregated API that is down has nothing. */
function resourcesOf(kube: KubeClient, groupVersion: string): Promise<FoundResource[]> {
  const cache = shared(
    'plugin-discovery',
    () => new Map<string, { until: number; resources: Promise<FoundResource[]> }>(),
  );
  const key = [kube.endpoint.baseUrl, kube.credentialKey, groupVersion].join('\0');
  const known = cache.get(key);
  if (known && known.until > Date.now()) return known.resources;
  const resources = discover(kube, groupVersion);
  if (cache.size >= MAX_REMEMBERED) cache.clear();
  cache.set(key, { until: Date.now() + FRESH_MS, resources });
  resources.catch(() => cache.delete(key));
  return resources;
}

async function discover(kube: KubeClient, groupVersion: string): Promise<FoundResource[]> {
  const path = groupVersion.includes('/') ? `/apis/${groupVersion}` : `/api/${groupVersion}`;
  try {
    const { resources = [] } = await kube.path<ApiResourceList>(path, {
      verb: 'discover',
      resource: groupVersion,
    });
    return resources.flatMap(({ name = '', kind = '', namespaced = false, verbs = [] }) =>
      name && !name.includes('/') && verbs.includes('list')
        ? [
            {
              ref: {
                group: groupOf(groupVersion),
                version: groupVersion.slice(groupVersion.indexOf('/') + 1),
                resource: name,
              },
              kind,
              namespaced,
            },
          ]
        : [],
    );
  } catch (error) {
    if (error instanceof KubeError && (error.status === 404 || error.status === 503)) return [];
    throw error;
  }
}

/** It becomes part of a path, and plugins write it too: `v1`, or a group and a version. */
function isGroupVersion(path: string): boolean {
  return /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(path);
}

function groupOf(groupVersion: string): string {
  const slash = groupVersion.indexOf('/');
  return slash < 0 ? '' : groupVersion.slice(0, slash);
}
