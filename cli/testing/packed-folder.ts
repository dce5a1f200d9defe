import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { addToLayout, bundleFolder, chartFolder, pluginFolder } from './folders';
import type { Violet } from './violet';

export const image = 'harbor.demo.io/acp/opensearch:v3.14.2';
export const sidecar = 'harbor.demo.io/3rdparty/exporter:v1.0.0';

/** A folder of packages of all three types, and what they were made of. */
export interface PackedFolder {
  path: string;
  operator: string;
  plugin: string;
  /** The layout that the images came from. */
  layout: string;
  /** Of the operator's first image. */
  digest: string;
}

/** Packs an operator with two images, a plugin and a chart with the tool itself. @throws Error with what it said */
export async function packFolder(violet: Violet, folder: string): Promise<PackedFolder> {
  const path = join(folder, 'packages');
  await mkdir(path);
  const layout = join(folder, 'layout');
  const digest = await addToLayout(layout, image, randomBytes(20_000_000));
  await addToLayout(layout, sidecar, randomBytes(1_000));
  const bundle = await bundleFolder(
    { name: 'opensearch-operator', version: '3.14.2', displayName: 'OpenSearch' },
    [image, sidecar],
  );
  const operator = join(path, 'opensearch-operator.v3.14.2.tgz');
  const plugin = join(path, 'plugins-cloudedge-v0.3.16-hybrid.tgz');
  const name = 'harbor.demo.io/acp/opensearch-operator-bundle:v3.14.2';
  const made = await Promise.all([
    violet(['create', bundle, '--images', layout, '--output', path, '--artifact', name]),
    violet(['create', await pluginFolder('cloudedge', 'v0.3.16'), '--output', plugin]),
    violet(['create', await chartFolder('echo-server', '1.2.3'), '--output', path]),
  ]);
  for (const { err, status } of made) if (status !== 0) throw new Error(err);
  return { path, operator, plugin, layout, digest };
}
