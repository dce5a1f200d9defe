import { gzipSync } from 'node:zlib';
import { runController, watchOf } from '../../client/controller.ts';
import { keyOf, splitKey } from '../../client/informer.ts';
import type { KubeObject } from '../../client/types.ts';
import type { OlmContext } from '../context.ts';
import { refs } from '../refs.ts';

interface Job extends KubeObject {
  spec: { template: { spec: { containers: { env?: { name: string; value?: string }[] }[] } } };
  status?: { active?: number; succeeded?: number; conditions?: { type: string; status: string }[] };
}

const refLabel = 'operatorframework.io/bundle-unpack-ref';

/**
 * Does what the unpack Job's container does (`opm alpha bundle extract`): reads the manifests out of the bundle image
 * and writes them, gzipped, into the Job's ConfigMap. Where the image is absent there is no container that could.
 */
export function runExtractor(olm: OlmContext): void {
  const { client, informers, signal, clock } = olm.cluster;
  const jobs = informers.of<Job>(refs.jobs);
  const configMaps = informers.of(refs.configMaps);
  runController({
    name: 'bundle-extractor',
    signal,
    clock,
    watches: [watchOf(jobs, ({ object }) => (object.metadata.labels?.[refLabel] ? [keyOf(object)] : []))],
    reconcile: async (key) => {
      const job = jobs.get(key);
      if (!job || !(job.status?.active || job.status?.succeeded)) return;
      if (configMaps.get(key)?.binaryData !== undefined) return;
      const image = job.spec.template.spec.containers[0]?.env?.find(({ name }) => name === 'CONTAINER_IMAGE');
      if (image?.value === undefined) return;
      const manifests = await olm.images.manifests(image.value);
      if (!manifests) return;
      const body = {
        metadata: {
          annotations: { 'olm.sourceImage': image.value, 'olm.contentEncoding': 'gzip+base64' },
        },
        binaryData: archived(manifests),
      };
      await client.patch(refs.configMaps, splitKey(key), body, { type: 'merge' });
    },
  });
}

/** One gzipped file per manifest, named so that the image's order is kept. */
function archived(manifests: KubeObject[]): Record<string, string> {
  return Object.fromEntries(
    manifests.map((object, index) => {
      const file = `${String(index).padStart(3, '0')}_${object.kind.toLowerCase()}_${object.metadata.name ?? ''}.json`;
      return [file.replaceAll(/[^-\w.]/g, '_'), gzipSync(JSON.stringify(object)).toString('base64')];
    }),
  );
}

/** The inverse of one file of `archived`. */
export function extractedObjects(text: string): KubeObject[] {
  return [JSON.parse(text) as KubeObject];
}
