import 'server-only';
import type { GlobalContext } from '@/lib/kube/context';
import { KubeError } from '@/lib/kube/errors';
import type { KubeObject } from '@/lib/kube/types';
import type { BlockingResource } from '../rules/objects';
import { findResource } from './find-resource';

const MAX_KINDS = 20;
const MAX_NAMED = 20;

/**
 * Objects of a plugin's `resourcesBlockRemove` that exist on the cluster, as `Kind namespace/name`.
 * @returns `undefined` when none is declared or one of the kinds could not be read
 */
export async function findObjectsInTheWay(
  context: GlobalContext,
  resources: readonly BlockingResource[],
): Promise<string[] | undefined> {
  const wanted = resources.filter(({ apiVersion, kind }) => apiVersion && kind).slice(0, MAX_KINDS);
  if (wanted.length === 0) return undefined;
  const found = await Promise.all(wanted.map((resource) => objectsOf(context, resource)));
  if (found.some((objects) => objects === undefined)) return undefined;
  return found.flatMap((objects) => objects ?? []).slice(0, MAX_NAMED);
}

async function objectsOf(
  { kube }: GlobalContext,
  { apiVersion = '', kind = '', name, namespace }: BlockingResource,
): Promise<string[] | undefined> {
  try {
    const slash = apiVersion.indexOf('/');
    const group = slash < 0 ? '' : apiVersion.slice(0, slash);
    const resource = await findResource(kube, kind, { group, version: apiVersion.slice(slash + 1) });
    // A kind that the cluster does not have has no objects.
    if (!resource) return [];
    const scope = resource.namespaced && namespace ? { namespace } : {};
    const { items } = await kube.list<KubeObject>(resource.ref, scope);
    return items
      .filter(({ metadata }) => !name || metadata.name === name)
      .map(({ metadata }) => `${kind} ${[metadata.namespace, metadata.name].filter(Boolean).join('/')}`);
  } catch (error) {
    if (error instanceof KubeError && error.status < 500) return undefined;
    throw error;
  }
}
