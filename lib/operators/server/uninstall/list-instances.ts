import 'server-only';
import type { Context } from '@/lib/kube/context';
import { KubeError } from '@/lib/kube/errors';
import type { KubeObject } from '@/lib/kube/types';
import type { Api } from '../../rules/uninstall/provided-apis';
import type { Instance, UninstallApi } from '../../uninstall-contract';

const MAX_INSTANCES = 500;
const MAX_NAMESPACES = 50;

/**
 * The instances of an operator's APIs, at most 500 of each.
 * @param scope the namespaces that the installation looks after; `undefined` for all
 * @param fallback the namespace to read where the user may not read them all
 */
export async function listInstances(
  context: Context,
  apis: readonly Api[],
  scope: readonly string[] | undefined,
  fallback: string,
): Promise<UninstallApi[]> {
  return Promise.all(apis.map((api) => listOfApi(context, api, scope, fallback)));
}

async function listOfApi(
  context: Context,
  api: Api,
  scope: readonly string[] | undefined,
  fallback: string,
): Promise<UninstallApi> {
  try {
    return { ...api, ...(await read(context, api, scope)) };
  } catch (error) {
    if (!(error instanceof KubeError)) throw error;
    // Its CustomResourceDefinition is gone, and every instance with it.
    if (error.status === 404) return { ...api, instances: [], complete: true };
    // A conversion webhook that went with its operator answers 500 for every list.
    if (error.status !== 403 && error.status < 500) throw error;
    const own =
      scope || error.status !== 403 ? undefined : await read(context, api, [fallback]).catch(() => undefined);
    if (own) return { ...api, ...own, complete: false, unread: error.message };
    return { ...api, instances: [], complete: false, unread: error.message };
  }
}

async function read(context: Context, api: Api, scope: readonly string[] | undefined) {
  const places = scope?.slice(0, MAX_NAMESPACES) ?? [undefined];
  const pages = await Promise.all(
    places.map((namespace) => context.kube.first<KubeObject>(api, MAX_INSTANCES, { namespace })),
  );
  const all = pages.flatMap(({ items }) => items);
  const complete =
    pages.every(({ more }) => !more) && all.length <= MAX_INSTANCES && places.length === (scope?.length ?? 1);
  return {
    instances: all.slice(0, MAX_INSTANCES).map(describe),
    complete,
    namespaces: scope && [...scope],
  };
}

function describe({ metadata }: KubeObject): Instance {
  return {
    namespace: metadata.namespace,
    name: metadata.name,
    uid: metadata.uid,
    createdAt: metadata.creationTimestamp,
    deleting: metadata.deletionTimestamp !== undefined,
    finalizers: (metadata.finalizers ?? []).slice(0, 20),
  };
}
