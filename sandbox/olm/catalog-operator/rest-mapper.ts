import type { KubeClient } from '../../client/kube-client.ts';
import { StatusError } from '../../client/status-error.ts';
import type { ResourceRef } from '../../client/types.ts';

interface ApiResourceList {
  resources?: { name: string; kind: string; namespaced: boolean }[];
}

/** The resource that serves a kind, by asking the API server's discovery; `undefined` when it serves no such kind. */
export async function resourceFor(
  client: KubeClient,
  apiVersion: string,
  kind: string,
): Promise<(ResourceRef & { namespaced: boolean }) | undefined> {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  let list: ApiResourceList;
  try {
    list = JSON.parse(
      await client.text(group === '' ? `/api/${version}` : `/apis/${group}/${version}`),
    ) as ApiResourceList;
  } catch (error) {
    if (error instanceof StatusError && error.code === 404) return undefined;
    throw error;
  }
  const found = list.resources?.find((it) => it.kind === kind && !it.name.includes('/'));
  return (
    found && {
      group: group ?? '',
      version: version ?? '',
      resource: found.name,
      namespaced: found.namespaced,
    }
  );
}
