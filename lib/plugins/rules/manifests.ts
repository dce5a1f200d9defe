import { shallowYaml } from '@/lib/yaml/shallow';
import type { Json } from './json';
import { CLUSTER_NAME, MODULE_NAME, MODULE_TYPE, PLUGIN_TYPE } from './labels';

/** An installation on its way to the global cluster. */
export interface ModuleInfoManifest {
  apiVersion: 'cluster.alauda.io/v1alpha1';
  kind: 'ModuleInfo';
  metadata: { labels: Record<string, string>; name: string };
  spec: { config: Json; valuesOverride?: Json; version: string };
  [field: string]: unknown;
}

export interface InstallOrder {
  plugin: string;
  cluster: string;
  version: string;
  config: Json;
  valuesOverride?: Json;
}

/**
 * The ModuleInfo that installs a plugin, with the fields and their order as in the product document,
 * "Installing via YAML". The platform renames it; the temporary name must only be free.
 * @param attempt 0 for `<cluster>-temporary-name`, more for names to try when that is taken
 */
export function moduleInfoManifest(order: InstallOrder, attempt = 0): ModuleInfoManifest {
  const { plugin, cluster, version, config, valuesOverride } = order;
  const hasOverride = valuesOverride !== undefined && Object.keys(valuesOverride).length > 0;
  return {
    apiVersion: 'cluster.alauda.io/v1alpha1',
    kind: 'ModuleInfo',
    metadata: {
      labels: { [CLUSTER_NAME]: cluster, [MODULE_NAME]: plugin, [MODULE_TYPE]: PLUGIN_TYPE },
      name: `${cluster}-temporary-name${attempt > 0 ? `-${attempt}` : ''}`,
    },
    spec: { config, ...(hasOverride ? { valuesOverride } : {}), version },
  };
}

/** YAML as kubectl takes it. */
export function toYaml(value: unknown): string {
  return shallowYaml(value, { lineWidth: 0, aliasDuplicateObjects: false });
}

/**
 * The commands that do the same as the page, in the context of the global cluster: plugins are
 * installed there, whichever cluster they go to.
 */
export function installCommands(order: InstallOrder, globalContext: string): string {
  const kubectl = `kubectl --context ${quoted(globalContext)}`;
  return [
    `${kubectl} create -f - <<'EOF'`,
    `${toYaml(moduleInfoManifest(order)).trimEnd()}`,
    'EOF',
    getCommand(order.plugin, order.cluster, globalContext),
  ].join('\n');
}

/** The command that finds an installation by its labels: the platform renames the object. */
export function getCommand(plugin: string, cluster: string, globalContext: string): string {
  const labels = quoted(`${CLUSTER_NAME}=${cluster},${MODULE_NAME}=${plugin}`);
  return `kubectl --context ${quoted(globalContext)} get moduleinfo -l ${labels}\n`;
}

/** The command that upgrades or updates an installation. */
export function patchCommand(
  moduleInfo: string,
  spec: { version?: string; config?: Json },
  globalContext: string,
): string {
  const patch = JSON.stringify({ spec });
  return `kubectl --context ${quoted(globalContext)} patch moduleinfo ${quoted(moduleInfo)} --type merge -p ${quoted(patch)}\n`;
}

/** The command that uninstalls. */
export function deleteCommand(moduleInfo: string, globalContext: string): string {
  return `kubectl --context ${quoted(globalContext)} delete moduleinfo ${quoted(moduleInfo)}\n`;
}

/** One word for a POSIX shell, whatever is in it. */
function quoted(word: string): string {
  return /^[A-Za-z0-9_./:@=,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
