import 'server-only';
import type { Context } from '@/lib/kube/context';
import type { KubeObject, ResourceRef } from '@/lib/kube/types';
import type { NamespaceContent } from '../../rules/uninstall/leftovers';
import { countsAsContent, isIgnoredResource } from '../../rules/uninstall/namespace-content';

const MAX_RESOURCES = 500;
const PER_RESOURCE = 50;
const AT_ONCE = 12;
const discovery = { verb: 'discover', resource: 'apis' };

interface ResourceList {
  groupVersion?: string;
  resources?: { name: string; kind: string; namespaced: boolean; verbs?: string[] }[];
}

/**
 * What is in a namespace besides what every namespace has, as `Kind name`. `undefined` when anything of it could not
 * be read: such a namespace is not known to be empty.
 */
export async function listNamespaceContent(context: Context, namespace: string): Promise<NamespaceContent> {
  const resources = await namespacedResources(context).catch(() => undefined);
  if (!resources || resources.length > MAX_RESOURCES) return undefined;
  const found: string[] = [];
  const waiting = [...resources];
  let unread = false;
  const work = async () => {
    for (let next = waiting.pop(); next && !unread; next = waiting.pop()) {
      const { kind, ...ref } = next;
      const name = ref.group ? `${ref.resource}.${ref.group}` : ref.resource;
      const page = await context.kube
        .first<KubeObject>(ref, PER_RESOURCE, { namespace })
        .catch(() => undefined);
      if (!page) unread = true;
      const content = (page?.items ?? []).filter((object) => countsAsContent(name, object));
      found.push(...content.map(({ metadata }) => `${kind} ${metadata.name}`));
      // A page full of what does not count may hide something that does.
      if (page?.more && content.length === 0) unread = true;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return unread && found.length === 0 ? undefined : found.sort();
}

/** Every version of a group is asked: OLM's serve different resources, Subscriptions only in an old one. */
async function namespacedResources({ kube }: Context): Promise<(ResourceRef & { kind: string })[]> {
  const { groups = [] } = await kube.path<{ groups?: { versions?: { groupVersion: string }[] }[] }>(
    '/apis',
    discovery,
  );
  const versions = groups.flatMap(({ versions: all = [] }) => all.map(({ groupVersion }) => groupVersion));
  const lists = await Promise.all([
    kube.path<ResourceList>('/api/v1', discovery),
    ...versions.map((version) => kube.path<ResourceList>(`/apis/${version}`, discovery)),
  ]);
  const found = new Map<string, ResourceRef & { kind: string }>();
  for (const { groupVersion = 'v1', resources = [] } of lists) {
    const [group = '', version = 'v1'] = groupVersion.includes('/')
      ? groupVersion.split('/')
      : ['', groupVersion];
    for (const { name, kind, namespaced, verbs = [] } of resources) {
      const key = group ? `${name}.${group}` : name;
      if (!namespaced || name.includes('/') || isIgnoredResource(key) || found.has(key)) continue;
      if (!verbs.includes('list') || !verbs.includes('delete')) continue;
      found.set(key, { group, version, resource: name, kind });
    }
  }
  return [...found.values()];
}
