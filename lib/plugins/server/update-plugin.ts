import 'server-only';
import type { GlobalContext } from '@/lib/kube/context';
import type { PluginWrite } from '../contract';
import type { UpdatePluginInput } from '../contract-inputs';
import { configOf } from '../rules/catalogue';
import { buildForm } from '../rules/form/build-form';
import { validate } from '../rules/form/validate';
import { initialValue } from '../rules/form/values';
import { cloneJson, mergePatched, record } from '../rules/json';
import { beingDeleted } from '../rules/obstacles';
import { installationOf, patchInstallation } from './change-installation';
import { readPlugin } from './read-plugins';
import { refuse, refuseConfig } from './refusal';

/**
 * Changes the configuration of an installed plugin, at the same version. `config` is a merge patch, so
 * that keys which the form does not know survive.
 * @throws ProblemError `invalid-input` naming the fields that the form would not take
 */
export async function updatePlugin(
  context: GlobalContext,
  { name, update, dryRun }: { name: string; update: UpdatePluginInput; dryRun: boolean },
): Promise<PluginWrite> {
  const { entry } = await readPlugin(context, name);
  const info = installationOf(context, entry, 'patch');
  if (info.metadata.deletionTimestamp) {
    refuse(context, 'patch', name, [beingDeleted(info, context.cluster.name)]);
  }
  const form = buildForm({ ...configOf(entry, info.spec?.version ?? '')?.spec }, 'edit', 'en');
  const merged = record(mergePatched(info.spec?.config ?? {}, update.config));
  refuseConfig(context, name, validate(form, initialValue(form, merged)));
  return patchInstallation(
    context,
    info,
    { config: cloneJson(update.config) },
    { resourceVersion: update.resourceVersion, dryRun },
  );
}
