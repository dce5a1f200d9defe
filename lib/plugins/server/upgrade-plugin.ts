import 'server-only';
import type { GlobalContext } from '@/lib/kube/context';
import type { PluginWrite } from '../contract';
import type { UpgradePluginInput } from '../contract-inputs';
import { candidatesOf, configOf, lifeCycleOfEntry } from '../rules/catalogue';
import { buildForm } from '../rules/form/build-form';
import { validate } from '../rules/form/validate';
import { initialValue } from '../rules/form/values';
import { cloneJson, mergePatched, record } from '../rules/json';
import { upgradeObstacles } from '../rules/obstacles';
import { installationOf, patchInstallation } from './change-installation';
import { readPlugin } from './read-plugins';
import { refuse, refuseConfig } from './refusal';

/**
 * Changes the version of an installed plugin. The installed configuration stays, but for what `config`
 * names (RFC 7396).
 * @throws ProblemError with the obstacle in `reason`, such as `core-life-cycle` or `not-newer`
 */
export async function upgradePlugin(
  context: GlobalContext,
  { name, upgrade, dryRun }: { name: string; upgrade: UpgradePluginInput; dryRun: boolean },
): Promise<PluginWrite> {
  const { entry, cluster } = await readPlugin(context, name);
  const info = installationOf(context, entry, 'patch');
  const candidates = candidatesOf(entry, info, cluster.platformVersion);
  const { version, config, resourceVersion } = upgrade;
  refuse(
    context,
    'patch',
    name,
    upgradeObstacles(lifeCycleOfEntry(entry), info, version, candidates, entry.configs, cluster),
  );
  if (config) {
    const form = buildForm({ ...configOf(entry, version)?.spec }, 'upgrade', 'en');
    const merged = record(mergePatched(info.spec?.config ?? {}, config));
    refuseConfig(context, name, validate(form, initialValue(form, merged)));
  }
  const spec = { version, ...(config ? { config: cloneJson(config) } : {}) };
  return patchInstallation(context, info, spec, { resourceVersion, dryRun });
}
