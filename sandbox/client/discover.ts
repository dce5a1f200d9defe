import type { KubeClient } from './kube-client.ts';
import type { ResourceRef } from './types.ts';

/** A served resource in its preferred version. */
export interface Discovered extends ResourceRef {
  kind: string;
  namespaced: boolean;
  verbs: string[];
}

interface ResourceList {
  resources: { name: string; kind: string; namespaced: boolean; verbs: string[] }[];
}

interface GroupList {
  groups: { name: string; preferredVersion: { version: string }; versions: { version: string }[] }[];
}

/** Everything that the API server serves, each resource once in the preferred version that has it. */
export async function discover(client: KubeClient): Promise<Discovered[]> {
  const groups = JSON.parse(await client.text('/apis')) as GroupList;
  const versions = [
    { group: '', version: 'v1' },
    ...groups.groups.flatMap(({ name, versions: all }) =>
      all.map(({ version }) => ({ group: name, version })),
    ),
  ];
  const found = new Map<string, Discovered>();
  for (const { group, version } of versions) {
    const path = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
    const { resources } = JSON.parse(await client.text(path)) as ResourceList;
    for (const { name, kind, namespaced, verbs } of resources) {
      const id = `${name}.${group}`;
      if (!name.includes('/') && !found.has(id))
        found.set(id, { group, version, resource: name, kind, namespaced, verbs });
    }
  }
  return [...found.values()];
}
