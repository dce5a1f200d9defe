import type { Informer } from '../client/informer.ts';
import type { KubeClient } from '../client/kube-client.ts';
import { hasReason } from '../client/status-error.ts';
import type { KubeObject, ObjectKey, ResourceRef } from '../client/types.ts';
import type { ClusterRuntime } from '../cluster-runtime.ts';
import type {
  CatalogSource,
  ClusterServiceVersion,
  InstallPlan,
  OperatorGroup,
  Subscription,
} from './api.ts';
import type { BundleImages } from './catalog/bundle-images.ts';
import type { Connections } from './catalog/connections.ts';
import { refs } from './refs.ts';

/** What all of OLM's controllers on one cluster share. */
export interface OlmContext {
  cluster: ClusterRuntime;
  connections: Connections;
  images: BundleImages;
  /** The namespace whose catalogs serve every namespace; unpacked bundles of those stand there too. */
  globalNamespace: string;
  /** Make bundles up from catalog metadata where the image is absent. */
  synthesise: boolean;
  /** Namespaces whose next bundles are being unpacked. */
  unpacking: Set<string>;
  /** What was asked when a namespace was last resolved. */
  resolved: Map<string, string>;
  catalogSources: Informer<CatalogSource>;
  subscriptions: Informer<Subscription>;
  installPlans: Informer<InstallPlan>;
  csvs: Informer<ClusterServiceVersion>;
  operatorGroups: Informer<OperatorGroup>;
}

export function olmContext(
  cluster: ClusterRuntime,
  options: Pick<OlmContext, 'connections' | 'images' | 'globalNamespace' | 'synthesise'>,
): OlmContext {
  return {
    cluster,
    ...options,
    unpacking: new Set(),
    resolved: new Map(),
    catalogSources: cluster.informers.of<CatalogSource>(refs.catalogSources),
    subscriptions: cluster.informers.of<Subscription>(refs.subscriptions),
    installPlans: cluster.informers.of<InstallPlan>(refs.installPlans),
    csvs: cluster.informers.of<ClusterServiceVersion>(refs.clusterServiceVersions),
    operatorGroups: cluster.informers.of<OperatorGroup>(refs.operatorGroups),
  };
}

/**
 * Reads the object, lets `change` edit it and writes its status back, again from the start when another writer came
 * between. `change` returns false when there is nothing to write. Gives the latest object, `undefined` when it is gone.
 */
export async function changeStatus<T extends KubeObject>(
  client: KubeClient,
  ref: ResourceRef,
  key: ObjectKey,
  change: (object: T) => boolean,
): Promise<T | undefined> {
  return changing(client, ref, key, change, (object) => client.updateStatus(ref, object, managed('catalog')));
}

/** Like `changeStatus`, for everything but the status. */
export async function changeObject<T extends KubeObject>(
  client: KubeClient,
  ref: ResourceRef,
  key: ObjectKey,
  change: (object: T) => boolean,
): Promise<T | undefined> {
  return changing(client, ref, key, change, (object) => client.update(ref, object, managed('olm')));
}

async function changing<T extends KubeObject>(
  client: KubeClient,
  ref: ResourceRef,
  key: ObjectKey,
  change: (object: T) => boolean,
  write: (object: T) => Promise<T>,
): Promise<T | undefined> {
  for (let attempt = 1; ; attempt++) {
    const object = await client.find<T>(ref, key);
    if (!object) return undefined;
    if (!change(object)) return object;
    try {
      return await write(object);
    } catch (error) {
      if (hasReason(error, 'NotFound')) return undefined;
      if (!hasReason(error, 'Conflict') || attempt >= 10) throw error;
    }
  }
}

function managed(fieldManager: string): { fieldManager: string } {
  return { fieldManager };
}
