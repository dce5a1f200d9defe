import 'server-only';
import type { KubeClient } from '@/lib/kube/client';
import type { PushEvent } from '../contract';
import { chartRepository } from './charts';
import type { InspectedPackage } from './inspect-package';
import { writeChart } from './objects/write-chart';
import { writeModulePlugin } from './objects/write-module-plugin';
import { writeOperator } from './objects/write-operator';
import { pushImages } from './push-images';
import type { PushOptions } from './push-target';
import { openStore } from './registry/open-store';

/** The cluster that plugins and charts are uploaded to, and operators when no cluster is named. */
export const globalCluster = 'global';

/**
 * Pushes a package: its images into the registry, then what makes the platform take it up. Interrupted anywhere, the
 * same call finishes the work; repeated, it changes nothing.
 * @throws PackageError for the registry's and KubeError or ConnectionError for a cluster's refusal
 */
export async function pushPackage(inspected: InspectedPackage, options: PushOptions): Promise<void> {
  const { registry, signal } = options;
  const onEvent = options.onEvent ?? (() => undefined);
  const source = intoChartRepository(inspected);
  const clusters = clustersOf(source, options.clusters);
  onEvent({
    type: 'package',
    summary: source.summary,
    registry: registry.address,
    clusters,
    images: source.images.length,
  });
  if (!options.skipImages) {
    const onRetry = (retry: { reason: string; attempt: number; seconds: number }) =>
      onEvent({ type: 'retry', ...retry });
    const store = openStore(registry, { onRetry }, signal);
    try {
      await pushImages(source, store, { address: registry.address, onEvent, signal });
    } finally {
      await store.close();
    }
  }
  if (!options.skipObjects) {
    for (const cluster of clusters) await writeObjects(options.kube(cluster), source, options, onEvent);
  }
  onEvent({ type: 'done', summary: source.summary });
}

/** Which clusters a package is uploaded to: plugins and charts have no choice. */
export function clustersOf({ summary }: InspectedPackage, clusters: readonly string[]): string[] {
  return summary.packageType === 'OperatorBundle' && clusters.length > 0
    ? [...new Set(clusters)]
    : [globalCluster];
}

async function writeObjects(
  kube: KubeClient,
  source: InspectedPackage,
  { registry, catalogSource }: PushOptions,
  onEvent: (event: PushEvent) => void,
): Promise<void> {
  const told = (kind: string, name: string, state: 'created' | 'updated' | 'unchanged') =>
    onEvent({ type: 'object', cluster: kube.cluster, kind, name, state });
  const { manifest, modulePlugin } = source;
  if (source.summary.packageType === 'Chart') await writeChart(kube, source, registry.address, told);
  else if (manifest && modulePlugin) await writeModulePlugin(kube, manifest, modulePlugin, told);
  else if (manifest) {
    const library = catalogSource ?? (manifest.catalogSource || 'platform');
    await writeOperator(kube, manifest, { registry: registry.address, library }, told);
  }
}

/** Charts of every origin go into the platform's one repository for them. */
function intoChartRepository(source: InspectedPackage): InspectedPackage {
  if (source.summary.packageType !== 'Chart') return source;
  const images = source.images.map((packed) => {
    if (packed.image.type !== 'Chart') return packed;
    return { ...packed, image: { ...packed.image, repository: `${chartRepository}/${source.summary.name}` } };
  });
  return { ...source, images };
}
