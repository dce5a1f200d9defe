import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import type { KubeObject } from '../../client/types.ts';
import { createOnce } from '../users.ts';
import { clusterApiVersion, labels, type ModuleInfo, refs } from './api.ts';
import { configsOf, installations, type PluginContext, platformVersionOf } from './context.ts';
import { moduleInfoName } from './naming.ts';
import { resourceOf } from './remove-blockers.ts';
import { fitsPlatform, newestVersion } from './versions.ts';

const folder = new URL('../../content/plugins/states/', import.meta.url);

const entrySchema = z.strictObject({
  name: z.string(),
  version: z.string().optional(),
  config: z.record(z.string(), z.unknown()).optional(),
});

const objectSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.object({ name: z.string(), namespace: z.string().optional() }),
});

const stateSchema = z.strictObject({
  /** Objects that the clusters have beside plugins. */
  objects: z.record(z.string(), z.array(objectSchema)).default({}),
  installed: z.record(z.string(), z.array(entrySchema)).default({}),
});

export type PluginState = z.infer<typeof stateSchema>;

/**
 * Reads `content/plugins/states/<name>.yaml`.
 * @throws an error that names the file
 */
export async function readPluginState(name: string): Promise<PluginState> {
  const parsed = stateSchema.safeParse(parse(await readFile(new URL(`${name}.yaml`, folder), 'utf8')) ?? {});
  if (parsed.success) return parsed.data;
  throw new Error(`content/plugins/states/${name}.yaml: ${z.prettifyError(parsed.error)}`);
}

/** How long the installations are waited for; then the sandbox serves with some still on their way. */
const patienceMs = 20_000;

/**
 * Brings the platform into a state the way a user would: creates ModuleInfos under temporary names and waits until
 * each of them runs or has failed.
 */
export async function seedPlugins(context: PluginContext, state: PluginState): Promise<void> {
  for (const [cluster, objects] of Object.entries(state.objects))
    await createObjects(context, cluster, objects);
  const entries = Object.entries(state.installed).flatMap(([cluster, list]) =>
    list.map((entry) => ({ cluster, ...entry })),
  );
  await Promise.all(entries.map((entry) => install(context, entry)));
  const names = new Set(entries.map(({ cluster, name }) => moduleInfoName(cluster, name)));
  await waitFor(context, () => {
    const settled = installations(context).filter(({ metadata, spec, status }) => {
      const runs = status?.phase === 'Running' && status.version === spec.version;
      return names.has(metadata.name ?? '') && (runs || status?.phase === 'Failed');
    });
    return settled.length === names.size;
  });
}

async function install(
  context: PluginContext,
  entry: {
    cluster: string;
    name: string;
    version?: string | undefined;
    config?: Record<string, unknown> | undefined;
  },
): Promise<void> {
  const { cluster, name } = entry;
  const fitting = configsOf(context, name).filter(({ spec }) =>
    fitsPlatform(platformVersionOf(context, cluster), spec.targetClusterVersions),
  );
  const version = entry.version ?? newestVersion(fitting.flatMap(({ spec }) => spec.version ?? []));
  const config = entry.config ?? fitting.find(({ spec }) => spec.version === version)?.spec.config ?? {};
  const info: ModuleInfo = {
    apiVersion: clusterApiVersion,
    kind: 'ModuleInfo',
    metadata: {
      name: `${cluster}-${name}-temporary-name`,
      labels: { [labels.cluster]: cluster, [labels.module]: name, [labels.moduleType]: 'plugin' },
    },
    spec: { version: version ?? '', config },
  };
  await context.global.client.create(refs.moduleInfos, info);
}

async function createObjects(context: PluginContext, cluster: string, objects: KubeObject[]): Promise<void> {
  const runtime = context.clusters.get(cluster);
  if (!runtime) return;
  for (const object of objects) {
    const ref = await resourceOf(runtime, object.apiVersion, object.kind);
    if (!ref) throw new Error(`Cluster ${cluster} serves no ${object.kind} of ${object.apiVersion}.`);
    await createOnce(runtime, ref, object);
  }
}

async function waitFor(context: PluginContext, done: () => boolean): Promise<void> {
  const until = Date.now() + patienceMs;
  while (!done() && Date.now() < until && !context.global.signal.aborted) {
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
