import { changesBy } from '../client/change.ts';
import type { Informer } from '../client/informer.ts';
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

/** What OLM's controllers share, nothing of it begun yet. */
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

/** How OLM's controllers write: statuses as the catalog operator, the rest as the OLM operator. */
export const { changeStatus, changeObject } = changesBy({ status: 'catalog', object: 'olm' });
