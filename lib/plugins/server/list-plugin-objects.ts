import 'server-only';
import type { GlobalContext } from '@/lib/kube/context';
import type { Unread } from '../contract';
import { configOf, infoOn } from '../rules/catalogue';
import { toYaml } from '../rules/manifests';
import { readPlugin } from './read-plugins';

const MAX_YAML = 1_000_000;

/**
 * The plugin's ModuleInfo of this cluster, the ModuleConfig of its version (without an installation, of the newest) and its ModulePlugin, as YAML.
 * @throws ProblemError `not-found` when the platform does not know the plugin
 */
export async function listPluginObjects(
  context: GlobalContext,
  name: string,
): Promise<{ items: { kind: string; name: string; yaml: string }[]; partial: Unread }> {
  const { entry, cluster, partial } = await readPlugin(context, name);
  const info = infoOn(entry, cluster.name);
  const config = (info && configOf(entry, info.spec?.version ?? '')) ?? entry.configs[0];
  const items = [info, config, entry.plugin]
    .filter((object) => object !== undefined)
    .map((object) => {
      // Objects of a list come without these two, and kubectl shows them first.
      const kind = kindOf(object, { info, config });
      const yaml = toYaml({ ...object, apiVersion: 'cluster.alauda.io/v1alpha1', kind });
      return { kind, name: object.metadata.name, yaml: cut(yaml) };
    });
  return { items, partial };
}

function kindOf(object: unknown, { info, config }: { info: unknown; config: unknown }): string {
  if (object === info) return 'ModuleInfo';
  return object === config ? 'ModuleConfig' : 'ModulePlugin';
}

function cut(yaml: string): string {
  return yaml.length > MAX_YAML ? `${yaml.slice(0, MAX_YAML)}\n# cut after ${MAX_YAML} characters\n` : yaml;
}
