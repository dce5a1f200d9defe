import 'server-only';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { PackageError, type PackageManifest } from '../../contract';
import { parseReference } from '../../rules/image-reference';
import { chartTag, chartYamlSchema } from '../archive/chart-archive';
import { mediaTypes } from '../archive/oci';
import { parseYaml } from '../archive/parse-yaml';
import { chartRepository } from '../charts';
import { parseModulePlugin } from '../module-plugin';
import { type Draft, draftImage } from './draft';
import { type FolderFiles, tarOf } from './read-folder';

const defaultRegistry = 'packages.local';

const valuesSchema = z.looseObject({
  global: z
    .looseObject({
      registry: z.looseObject({ address: z.string() }).optional(),
      images: z
        .record(z.string(), z.looseObject({ repository: z.string(), tag: z.coerce.string() }))
        .default({}),
    })
    .optional(),
});

const pluginNameSchema = z.looseObject({ metadata: z.looseObject({ name: z.string() }) });

export function isChart(files: FolderFiles): boolean {
  return files.has('Chart.yaml');
}

/** Makes a package of a chart folder; one with a `module-plugin.yaml` is a cluster plugin's. */
export async function chartDraft(
  files: FolderFiles,
  options: { artifact?: string },
): Promise<{ draft: Draft; related: string[]; declared: string[] }> {
  const yaml = parseYaml(textOf(files, 'Chart.yaml') ?? '', chartYamlSchema, 'Chart.yaml');
  const pluginText = textOf(files, 'module-plugin.yaml');
  if (pluginText !== undefined && !files.has('scripts/plugin-config.yaml')) {
    throw new PackageError(
      'InvalidInput',
      'The chart of a cluster plugin has a scripts/plugin-config.yaml, even if it is empty ({}): the platform makes no ModuleConfig without it.',
    );
  }
  const plugin = pluginText === undefined ? undefined : pluginOf(pluginText);
  const repository = plugin?.spec.mainChart ?? (plugin ? yaml.name : `${chartRepository}/${yaml.name}`);
  const tag = chartTag(yaml.version);
  const place = parseReference(options.artifact ?? `${defaultRegistry}/${repository}:${tag}`);
  if (!place || (plugin && place.repository !== repository)) {
    throw new PackageError(
      'InvalidInput',
      `--artifact ${options.artifact} is not the name of an image${plugin ? `, or not in ${repository}, the mainChart of module-plugin.yaml` : ''}.`,
    );
  }
  const image = draftImage(
    { registry: place.registry, repository: place.repository, tag: place.tag, type: 'Chart' },
    { mediaType: mediaTypes.chart, bytes: await tarOf(files, `${yaml.name}/`) },
    { mediaType: mediaTypes.chartConfig, bytes: Buffer.from(JSON.stringify(yaml)) },
  );
  const name = plugin?.metadata.name ?? yaml.name;
  const manifest: PackageManifest = {
    formatVersion: 1,
    packageType: plugin ? 'ModulePlugin' : 'Chart',
    name,
    displayName: displayNameOf(plugin?.metadata.annotations['cpaas.io/display-name'], name),
    version: yaml.version,
    channels: [],
    architectures: [],
    ...(yaml.description ? { description: yaml.description } : {}),
    ...(yaml.appVersion ? { appVersion: yaml.appVersion } : {}),
    artifact: image.image,
    relatedImages: [],
  };
  return {
    draft: {
      manifest,
      images: [image],
      ...(pluginText === undefined
        ? {}
        : { modulePlugin: withVersion(pluginText, repository, yaml.version) }),
    },
    related: relatedImages(files, place.registry),
    declared: [],
  };
}

function pluginOf(text: string) {
  const { metadata } = parseYaml(text, pluginNameSchema, 'module-plugin.yaml');
  return parseModulePlugin(text, { name: metadata.name }, 'module-plugin.yaml');
}

/** The main chart's version in `appReleases` is that of the chart which is packed. */
function withVersion(text: string, mainChart: string, version: string): string {
  const document = parseDocument(text);
  const releases = z
    .array(z.object({ chartVersions: z.array(z.looseObject({ name: z.string() })) }))
    .safeParse(document.toJS({ maxAliasCount: 100 })?.spec?.appReleases);
  for (const [at, { chartVersions }] of (releases.data ?? []).entries()) {
    for (const [index, { name }] of chartVersions.entries()) {
      if (name !== mainChart) continue;
      document.setIn(['spec', 'appReleases', at, 'chartVersions', index, 'version'], version);
    }
  }
  return document.toString();
}

/** The platform's charts list their images in `global.images`, below one registry. */
function relatedImages(files: FolderFiles, registry: string): string[] {
  const text = textOf(files, 'values.yaml');
  if (!text?.trim()) return [];
  const { global } = parseYaml(text, valuesSchema, 'values.yaml');
  const address = global?.registry?.address || registry;
  return Object.values(global?.images ?? {}).map(({ repository, tag }) => `${address}/${repository}:${tag}`);
}

function displayNameOf(json: string | undefined, name: string): { en: string; zh: string } {
  try {
    const { en, zh } = JSON.parse(json ?? '') as Record<string, unknown>;
    if (typeof en === 'string') return { en, zh: typeof zh === 'string' ? zh : en };
  } catch {
    // A plain name.
  }
  return { en: json || name, zh: json || name };
}

function textOf(files: FolderFiles, path: string): string | undefined {
  return files.get(path)?.toString('utf8');
}
