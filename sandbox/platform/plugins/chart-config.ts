import { parse } from 'yaml';
import { z } from 'zod';
import type { ImageRegistry } from '../../registry/image-registry.ts';
import type { ModulePlugin, ModuleSpec } from './api.ts';
import { versionOf } from './module-config-of-plugin.ts';

const descriptors = z.array(
  z.looseObject({ path: z.string(), 'x-descriptors': z.array(z.string()).default([]) }),
);

/** What `scripts/plugin-config.yaml` of a plugin's main chart may say; an empty file says nothing. */
const pluginConfigSchema = z.object({
  supportedUpgradeVersions: z.string().optional(),
  mustUpgrade: z.boolean().optional(),
  config: z.record(z.string(), z.unknown()).optional(),
  valuesTemplates: z.record(z.string(), z.string()).optional(),
  deployDescriptors: descriptors.optional(),
  editDescriptors: descriptors.optional(),
  upgradeDescriptors: descriptors.optional(),
});

/**
 * What the main chart of a plugin says of its forms, as the platform's `sentry` reads it out of the registry; nothing
 * when the registry does not have the chart.
 * @throws Error when the chart has it and it can't be read
 */
export async function chartConfigOf(
  { spec, ...plugin }: ModulePlugin,
  registry: ImageRegistry | undefined,
): Promise<Partial<ModuleSpec>> {
  const version = versionOf({ spec, ...plugin });
  if (!registry || !spec.mainChart || version === undefined) return {};
  // Tags have no `+`.
  const image = `${registry.address}/${spec.mainChart}:${version.replaceAll('+', '_')}`;
  const name = spec.cfgFilename ?? 'plugin-config.yaml';
  const files = await registry.files(
    image,
    (path) => path.split('/').slice(1).join('/') === `scripts/${name}`,
  );
  const [text] = [...(files?.values() ?? [])];
  if (!text) return {};
  const parsed = pluginConfigSchema.safeParse(parse(text.toString('utf8'), { maxAliasCount: 100 }) ?? {});
  if (parsed.success) return parsed.data;
  throw new Error(`${image}: scripts/${name}: ${z.prettifyError(parsed.error)}`);
}
