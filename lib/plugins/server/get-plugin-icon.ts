import 'server-only';
import type { GlobalContext } from '@/lib/kube/context';
import { ProblemError } from '@/lib/kube/problem';
import { moduleConfigs, modulePlugins } from '../refs';
import { logoOf } from '../rules/catalogue';
import { MODULE_NAME } from '../rules/labels';
import type { ModuleConfigObject, ModulePluginObject } from '../rules/objects';

/**
 * The icon of a plugin, which its author gives as a data URI.
 * @throws ProblemError `not-found` when there is none, or none that a page may show
 */
export async function getPluginIcon(
  context: GlobalContext,
  name: string,
): Promise<{ contentType: string; body: Buffer }> {
  // Read on its own: a list of plugins asks for many icons, and needs nothing else of each.
  const selector = { labelSelector: `${MODULE_NAME}=${name}` };
  const [plugin] = (await context.global.list<ModulePluginObject>(modulePlugins, selector)).items;
  const configs = plugin
    ? []
    : (await context.global.list<ModuleConfigObject>(moduleConfigs, selector)).items;
  const logo = logoOf({ plugin, configs });
  const body = logo && (logo.isBase64 ? Buffer.from(logo.data, 'base64') : percentDecoded(logo.data));
  if (!logo || !body || body.length === 0) {
    throw new ProblemError('not-found', `"${name}" has no icon of a type that is shown here.`, {
      cluster: context.global.cluster,
      name,
    });
  }
  return { contentType: logo.contentType, body };
}

function percentDecoded(data: string): Buffer | undefined {
  try {
    return Buffer.from(decodeURIComponent(data));
  } catch {
    return undefined;
  }
}
