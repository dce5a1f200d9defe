import type { ClusterRuntime } from '../../cluster-runtime.ts';
import type { ImageRegistry } from '../../registry/image-registry.ts';
import { createOnce } from '../users.ts';
import { pluginAdmission } from './admission.ts';
import { refs } from './api.ts';
import { runChartInstaller } from './chart-installer.ts';
import { createClusterModules } from './cluster-modules.ts';
import { pluginObjects, readPlugins } from './content.ts';
import { pluginContext } from './context.ts';
import { runInstallations } from './installation-controller.ts';
import { runModuleConfigs } from './module-config-controller.ts';
import { runModulePlugins } from './module-plugin-controller.ts';
import { runPluginInstances } from './plugin-instances.ts';
import { readPluginState, seedPlugins } from './seed.ts';

/**
 * Puts cluster plugins on the platform: the kinds' controllers on `global`, the chart installer on every cluster, the
 * plugins of the content, and the installations of the state. The CRDs must be established.
 */
export async function startPlugins(
  clusters: readonly ClusterRuntime[],
  options: { state: string; registry: ImageRegistry | undefined },
): Promise<void> {
  const global = clusters.find(({ name }) => name === 'global');
  if (!global) return;
  await createClusterModules(global);
  global.server.addAdmission(pluginAdmission(global.client));
  const context = pluginContext(global, clusters, options.registry);
  for (const cluster of clusters) {
    runChartInstaller(cluster);
    if (cluster !== global) runPluginInstances(context, cluster);
  }
  runModuleConfigs(context);
  runModulePlugins(context);
  runInstallations(context);

  const contents = await readPlugins();
  for (const { plugin, configs } of await Promise.all(contents.map(pluginObjects))) {
    for (const config of configs) await createOnce(global, refs.moduleConfigs, config);
    await createOnce(global, refs.modulePlugins, plugin);
  }
  const { plugins, configs, registered, clusterModules } = context;
  await Promise.all([plugins, configs, registered, clusterModules].map((informer) => informer.synced));
  await seedPlugins(context, await readPluginState(options.state));
}
