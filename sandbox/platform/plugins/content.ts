import { readdir, readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import {
  annotations,
  clusterApiVersion,
  finalizers,
  labels,
  type ModuleConfig,
  type ModulePlugin,
  type ModuleSpec,
} from './api.ts';
import { moduleConfigName } from './naming.ts';

const folder = new URL('../../content/plugins/', import.meta.url);

const text = z.strictObject({ en: z.string().min(1), zh: z.string().min(1) });

/** Any field of a ModuleConfig's spec; the CRD judges it when the object is created. */
const spec = z.record(z.string(), z.unknown());

const pluginSchema = z.strictObject({
  name: z.string(),
  displayName: text,
  description: text,
  lifecycle: z.string().optional(),
  product: z.string(),
  catalog: z.string(),
  builtIn: z.boolean().default(false),
  labels: z.record(z.string(), z.string()).default({}),
  /** The main chart; its release is named after the plugin unless `releases` says otherwise. */
  chart: z.string(),
  releases: z.array(z.strictObject({ name: z.string(), charts: z.array(z.string()).min(1) })).optional(),
  /** What all versions have in common. */
  spec: spec.default({}),
  /** Oldest first. None: the platform knows the plugin, and its package has not been uploaded. */
  versions: z.array(z.strictObject({ version: z.string(), spec: spec.default({}) })),
});

export type PluginContent = z.infer<typeof pluginSchema>;

/**
 * The plugins that the sandbox starts with, as `content/plugins/<name>.yaml` describes them.
 * @throws an error that names the file
 */
export async function readPlugins(): Promise<PluginContent[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.yaml')).sort();
  return Promise.all(
    files.map(async (file) => {
      const value: unknown = parse(await readFile(new URL(file, folder), 'utf8'), { maxAliasCount: -1 });
      const parsed = pluginSchema.safeParse(value);
      if (!parsed.success) throw new Error(`content/plugins/${file}: ${z.prettifyError(parsed.error)}`);
      return parsed.data;
    }),
  );
}

/** The picture of a plugin, `content/plugins/icons/<name>.svg`, as the data URI that `spec.logo` carries. */
export async function readLogo(name: string): Promise<string> {
  const svg = await readFile(new URL(`icons/${name}.svg`, folder), 'utf8');
  return `data:image/svg+xml;base64,${Buffer.from(svg.trim()).toString('base64')}`;
}

/** The objects that the platform has of an uploaded plugin: the ModulePlugin, and a ModuleConfig for each version. */
export async function pluginObjects(
  content: PluginContent,
): Promise<{ plugin: ModulePlugin; configs: ModuleConfig[] }> {
  const logo = await readLogo(content.name);
  const newest = content.versions.at(-1);
  const plugin: ModulePlugin = {
    apiVersion: clusterApiVersion,
    kind: 'ModulePlugin',
    metadata: metadataOf(content, content.name),
    spec: specOf(content, logo, newest?.version ?? 'refer-to-productbase', {}),
  };
  const configs = content.versions.map(
    ({ version, spec: own }): ModuleConfig => ({
      apiVersion: clusterApiVersion,
      kind: 'ModuleConfig',
      metadata: {
        ...metadataOf(content, moduleConfigName(content.name, version), { [labels.moduleVersion]: version }),
        finalizers: [finalizers.moduleConfig],
      },
      spec: { ...specOf(content, logo, version, own), version },
    }),
  );
  return { plugin, configs };
}

function metadataOf(content: PluginContent, name: string, extra: Record<string, string> = {}) {
  return {
    name,
    labels: {
      ...content.labels,
      [labels.moduleCatalog]: content.catalog,
      [labels.module]: content.name,
      [labels.moduleType]: 'plugin',
      [labels.product]: content.product,
      ...(content.lifecycle ? { [labels.lifecycle]: content.lifecycle } : {}),
      ...extra,
    },
    annotations: {
      [annotations.builtIn]: String(content.builtIn),
      [annotations.displayName]: JSON.stringify(content.displayName),
      [annotations.moduleName]: content.name,
    },
  };
}

function specOf(
  content: PluginContent,
  logo: string,
  version: string,
  own: Record<string, unknown>,
): ModuleSpec {
  const releases = content.releases ?? [{ name: content.name, charts: [content.chart] }];
  return {
    name: content.name,
    description: content.description,
    logo,
    deleteable: true,
    mainChart: content.chart,
    appReleases: releases.map(({ name, charts }) => ({
      name,
      chartVersions: charts.map((chart) => ({ name: chart, releaseName: releaseName(chart), version })),
    })),
    ...content.spec,
    ...own,
  };
}

/** `ait/chart-web-cli` is released as `web-cli`. */
function releaseName(chart: string): string {
  return (chart.split('/').at(-1) ?? chart).replace(/^chart-/, '');
}
