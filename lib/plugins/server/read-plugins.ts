import 'server-only';
import type { GlobalContext } from '@/lib/kube/context';
import { KubeError } from '@/lib/kube/errors';
import { ProblemError } from '@/lib/kube/problem';
import { readable } from '@/lib/kube/readable';
import { productBases } from '@/lib/packages/refs';
import type { Unread } from '../contract';
import { clusterModules, moduleConfigs, moduleInfos, modulePlugins, platformClusters } from '../refs';
import { indexPlugins, installedPlugins, type PluginEntry } from '../rules/catalogue';
import { PLATFORM_VERSION } from '../rules/labels';
import type {
  ClusterModuleObject,
  ModuleConfigObject,
  ModuleInfoObject,
  ModulePluginObject,
  PlatformClusterObject,
  ProductBaseObject,
} from '../rules/objects';
import type { TargetCluster } from '../rules/obstacles';

/** The plugins of the platform, and the cluster in question as their rules see it. */
export interface PluginWorld {
  entries: Map<string, PluginEntry>;
  cluster: TargetCluster;
  /** Whether the platform has cluster plugins at all. */
  available: boolean;
  partial: Unread;
}

/**
 * Reads everything that says what plugins are there and where they run, from the global cluster.
 * @throws KubeError 403 when the user may not list ModulePlugins; a platform that has no such kind
 * is not `available`
 */
export async function readPlugins(context: GlobalContext): Promise<PluginWorld> {
  const { global } = context;
  const partial: Unread = [];
  const [plugins, configs, infos, bases, cluster, clusterModule] = await Promise.all([
    readable(global.list<ModulePluginObject>(modulePlugins), partial, [404]),
    readable(global.list<ModuleConfigObject>(moduleConfigs), partial),
    readable(global.list<ModuleInfoObject>(moduleInfos), partial),
    // These two only add to it: packages that were not uploaded, and the platform's version.
    global.list<ProductBaseObject>(productBases).catch(ignoreRefusal),
    readable(global.get<PlatformClusterObject>(platformClusters, context.cluster.name), partial),
    global.get<ClusterModuleObject>(clusterModules, context.cluster.name).catch(ignoreRefusal),
  ]);
  const entries = indexPlugins({
    plugins: plugins?.items ?? [],
    configs: configs?.items ?? [],
    infos: infos?.items ?? [],
    artifacts: (bases?.items ?? []).flatMap(({ status }) => status?.artifacts ?? []),
  });
  const platformVersion = clusterModule?.spec?.version || cluster?.metadata.annotations?.[PLATFORM_VERSION];
  return {
    entries,
    available: plugins !== undefined,
    // That the other kinds are missing too is then no news.
    partial: plugins ? partial : [],
    cluster: {
      name: context.cluster.name,
      labels: cluster ? (cluster.metadata.labels ?? {}) : undefined,
      plugins: [],
      ...(platformVersion ? { platformVersion } : {}),
      installed: installedPlugins(infos?.items ?? []),
    },
  };
}

/** The world of one plugin. @throws ProblemError `not-found` when the platform does not know it */
export async function readPlugin(
  context: GlobalContext,
  name: string,
): Promise<PluginWorld & { entry: PluginEntry }> {
  const world = await readPlugins(context);
  const entry = world.entries.get(name);
  if (!entry) {
    throw new ProblemError(
      'not-found',
      `The platform knows no cluster plugin "${name}". Upload its package first.`,
      {
        cluster: context.global.cluster,
        verb: 'get',
        resource: 'moduleplugins.cluster.alauda.io',
        name,
      },
    );
  }
  // Published plugins name themselves in their anti-affinity; that they run once is told separately.
  const plugins = world.cluster.installed
    .filter((installed) => installed.cluster === context.cluster.name && installed.name !== name)
    .map((installed) => installed.name);
  return { ...world, entry, cluster: { ...world.cluster, plugins } };
}

function ignoreRefusal(error: unknown): undefined {
  if (error instanceof KubeError && error.status < 500) return undefined;
  throw error;
}
