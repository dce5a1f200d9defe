import 'server-only';
import { z } from 'zod';
import { PackageError, type PackageManifest } from '../contract';
import { parseYaml } from './archive/parse-yaml';

/** The ModulePlugin that a plugin's chart brings along; the platform makes ModuleConfigs from it. */
const modulePluginSchema = z.looseObject({
  apiVersion: z.literal('cluster.alauda.io/v1alpha1').default('cluster.alauda.io/v1alpha1'),
  kind: z.literal('ModulePlugin'),
  metadata: z.object({
    name: z.string(),
    labels: z.record(z.string(), z.string()).default({}),
    annotations: z.record(z.string(), z.string()).default({}),
  }),
  spec: z.looseObject({
    name: z.string(),
    mainChart: z.string().optional(),
    appReleases: z
      .array(
        z.looseObject({
          name: z.string(),
          chartVersions: z.array(z.looseObject({ name: z.string(), version: z.string() })),
        }),
      )
      .default([]),
  }),
});

export type ModulePluginFile = z.infer<typeof modulePluginSchema>;

/** Reads `module-plugin.yaml` of a package. @throws PackageError when it is missing or speaks of another plugin */
export function parseModulePlugin(
  text: string | undefined,
  { name }: Pick<PackageManifest, 'name'>,
  file: string,
): ModulePluginFile {
  if (text === undefined) {
    throw new PackageError('InvalidPackage', `${file} is a cluster plugin without its module-plugin.yaml.`);
  }
  const plugin = parseYaml(text, modulePluginSchema, `${file}: module-plugin.yaml`);
  if (plugin.metadata.name === name && plugin.spec.name === name) return plugin;
  throw new PackageError(
    'InvalidPackage',
    `${file}: module-plugin.yaml is of ${JSON.stringify(plugin.metadata.name)}, but the package is ${name}.`,
  );
}
