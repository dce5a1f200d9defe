import { StatusError } from '../../client/status-error.ts';
import type { KubeObject, ResourceRef } from '../../client/types.ts';
import type { ClusterRuntime } from '../../cluster-runtime.ts';
import type { ResourceReference } from './api.ts';

interface ApiResourceList {
  resources?: { name: string; kind: string; namespaced: boolean }[];
}

/**
 * The objects on the plugin's cluster that must go before the plugin can (`resourcesBlockRemove`), as
 * `Kind namespace/name`. A reference without a name means any object of its kind; a kind that the cluster doesn't
 * serve has none.
 */
export async function removeBlockers(
  target: ClusterRuntime,
  references: ResourceReference[] | undefined,
): Promise<string[]> {
  const found = await Promise.all((references ?? []).map((reference) => objectsOf(target, reference)));
  return found.flat();
}

async function objectsOf(target: ClusterRuntime, reference: ResourceReference): Promise<string[]> {
  const { apiVersion = 'v1', kind = '', name, namespace } = reference;
  const ref = await resourceOf(target, apiVersion, kind);
  if (!ref) return [];
  const { items } = await target.client.list<KubeObject>(ref, { namespace });
  return items
    .filter((it) => name === undefined || name === '' || it.metadata.name === name)
    .map(({ metadata }) => `${kind} ${metadata.namespace ? `${metadata.namespace}/` : ''}${metadata.name}`);
}

/** The plural under which a cluster serves a kind; `undefined` when it does not. */
export async function resourceOf(
  target: ClusterRuntime,
  apiVersion: string,
  kind: string,
): Promise<ResourceRef | undefined> {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/', 2) : ['', apiVersion];
  const path = group ? `/apis/${encodeURIComponent(group)}/` : '/api/';
  try {
    const text = await target.client.text(path + encodeURIComponent(version ?? ''));
    const { resources = [] } = JSON.parse(text) as ApiResourceList;
    const found = resources.find((it) => it.kind === kind && !it.name.includes('/'));
    return found && { group: group ?? '', version: version ?? '', resource: found.name };
  } catch (error) {
    if (error instanceof StatusError && error.code === 404) return undefined;
    throw error;
  }
}
