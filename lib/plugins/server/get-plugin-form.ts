import 'server-only';
import type { GlobalContext } from '@/lib/kube/context';
import { ProblemError } from '@/lib/kube/problem';
import type { FormDefinition, PluginFormAnswer } from '../form-contract';
import { configOf, infoOn } from '../rules/catalogue';
import type { ModuleConfigObject } from '../rules/objects';
import { readPlugin } from './read-plugins';

/**
 * What the form of one version is made of, and of the installed one beside it, to tell what changed.
 * @throws ProblemError `not-found` when there is no such version
 */
export async function getPluginForm(
  context: GlobalContext,
  { name, version }: { name: string; version: string },
): Promise<PluginFormAnswer> {
  const { entry, cluster } = await readPlugin(context, name);
  const config = configOf(entry, version);
  if (!config) {
    throw new ProblemError('not-found', `There is no version ${version} of cluster plugin "${name}".`, {
      cluster: context.global.cluster,
      verb: 'get',
      resource: 'moduleconfigs.cluster.alauda.io',
      name,
    });
  }
  const installedVersion = infoOn(entry, cluster.name)?.spec?.version ?? '';
  const installed = installedVersion === version ? undefined : configOf(entry, installedVersion);
  return {
    version,
    definition: definitionOf(config),
    ...(installed ? { installedDefinition: definitionOf(installed) } : {}),
  };
}

function definitionOf({ spec }: ModuleConfigObject): FormDefinition {
  return {
    config: spec?.config,
    deployDescriptors: spec?.deployDescriptors,
    editDescriptors: spec?.editDescriptors,
    upgradeDescriptors: spec?.upgradeDescriptors,
    uiContext: spec?.uiContext,
  };
}
