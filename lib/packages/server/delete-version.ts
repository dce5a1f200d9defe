import 'server-only';
import type { KubeClient } from '@/lib/kube/client';
import { ProblemError } from '@/lib/kube/problem';
import { moduleConfigs, modulePlugins } from '@/lib/plugins/refs';
import { moduleNameOf, moduleVersionOf } from '@/lib/plugins/rules/labels';
import type { ModuleConfigObject, ModulePluginObject } from '@/lib/plugins/rules/objects';
import type { DeleteVersion } from '../list-contract';
import { artifactVersions, uploadNamespace } from '../refs';
import { namedVersion } from '../rules/uploaded-plugins';

/**
 * Deletes an uploaded version: the ArtifactVersion of an operator on its cluster, the ModuleConfig of a plugin on
 * global. The only version of a plugin takes its ModulePlugin along, from which the platform would make it again.
 * Images stay in the registry; what is installed keeps running.
 * @throws ProblemError `conflict` for the version that a ModulePlugin with other versions names
 */
export async function deleteVersion(kube: KubeClient, { type, object }: DeleteVersion): Promise<void> {
  if (type === 'operator') {
    await kube.delete(artifactVersions, object, { namespace: uploadNamespace });
    return;
  }
  const config = await kube.get<ModuleConfigObject>(moduleConfigs, object);
  const name = moduleNameOf(config);
  const [plugins, configs] = await Promise.all([
    kube.list<ModulePluginObject>(modulePlugins),
    kube.list<ModuleConfigObject>(moduleConfigs),
  ]);
  const plugin = plugins.items.find((candidate) => moduleNameOf(candidate) === name);
  const others = configs.items.filter(
    (other) => other.metadata.name !== object && moduleNameOf(other) === name,
  );
  if (plugin && others.length > 0 && namedVersion(plugin) === moduleVersionOf(config)) {
    throw new ProblemError(
      'conflict',
      `ModulePlugin "${plugin.metadata.name}" names this version, from which the platform would make it again. Upload another version first.`,
      { cluster: kube.cluster, verb: 'delete', resource: 'moduleconfigs.cluster.alauda.io', name: object },
    );
  }
  if (plugin && others.length === 0) await kube.delete(modulePlugins, plugin.metadata.name);
  await kube.delete(moduleConfigs, object);
}
