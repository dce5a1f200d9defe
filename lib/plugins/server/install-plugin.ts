import 'server-only';
import type { GlobalContext } from '@/lib/kube/context';
import { KubeError } from '@/lib/kube/errors';
import type { KubeObject } from '@/lib/kube/types';
import type { PluginWrite } from '../contract';
import type { InstallPluginInput } from '../contract-inputs';
import { moduleInfos } from '../refs';
import { configOf, infoOn } from '../rules/catalogue';
import { buildForm } from '../rules/form/build-form';
import { validate } from '../rules/form/validate';
import { initialValue, toConfig } from '../rules/form/values';
import { cloneJson } from '../rules/json';
import { type ModuleInfoManifest, moduleInfoManifest } from '../rules/manifests';
import { installObstacles, unknownVersion } from '../rules/obstacles';
import { readPlugin } from './read-plugins';
import { refusal, refuse, refuseConfig } from './refusal';

const MAX_ATTEMPTS = 10;

/**
 * Installs a plugin on a cluster by creating its ModuleInfo on the global one, first with `dryRun=All`.
 * The platform gives it another name, so it is found by its labels afterwards.
 * @throws ProblemError with the obstacle in `reason` when it is known that the platform would refuse it
 */
export async function installPlugin(
  context: GlobalContext,
  { name, install, dryRun }: { name: string; install: InstallPluginInput; dryRun: boolean },
): Promise<PluginWrite> {
  const { entry, cluster } = await readPlugin(context, name);
  const config = configOf(entry, install.version);
  if (!config) throw refusal(context, 'create', name, [unknownVersion(install.version, entry.configs)]);
  const form = buildForm({ ...config.spec }, 'deploy', 'en');
  const value = initialValue(form, cloneJson(install.config));
  const info = infoOn(entry, cluster.name);
  // A branch that was not chosen names no dependency, whatever the defaults of its fields say.
  const wanted = toConfig(form, value);
  refuse(context, 'create', name, installObstacles(entry.plugin, config, cluster, info, wanted));
  refuseConfig(context, name, validate(form, value));

  const { version, valuesOverride } = install;
  const order = {
    plugin: name,
    cluster: cluster.name,
    version,
    config: cloneJson(install.config),
    valuesOverride,
  };
  for (let attempt = 0; ; attempt++) {
    const manifest = moduleInfoManifest(order, attempt);
    try {
      const accepted = await send(context, manifest, true);
      const { metadata } = dryRun ? accepted : await send(context, manifest, false);
      return { dryRun, moduleInfo: { name: metadata.name, uid: metadata.uid ?? '' } };
    } catch (error) {
      if (!isTaken(error) || attempt + 1 >= MAX_ATTEMPTS) throw error;
    }
  }
}

function send({ global }: GlobalContext, manifest: ModuleInfoManifest, dryRun: boolean): Promise<KubeObject> {
  return global.create<KubeObject>(moduleInfos, manifest, { dryRun });
}

/** Another installation on its way has the temporary name. */
function isTaken(error: unknown): boolean {
  return error instanceof KubeError && error.reason === 'AlreadyExists';
}
