import { runController, watchOf } from '../../client/controller.ts';
import { keyOf, splitKey } from '../../client/informer.ts';
import type { KubeObject } from '../../client/types.ts';
import type { OlmContext } from '../context.ts';
import { refs } from '../refs.ts';
import { packedFiles } from './unpacked-files.ts';

interface Job extends KubeObject {
  spec: {
    template: {
      metadata: KubeObject['metadata'];
      spec: { containers: { env?: { name: string; value?: string }[] }[] };
    };
  };
  status?: { active?: number; succeeded?: number; conditions?: { type: string; status: string }[] };
}

const refLabel = 'operatorframework.io/bundle-unpack-ref';

/**
 * Does what the unpack Job's container does (`opm alpha bundle extract`): reads the files of the bundle image and
 * writes them, gzipped, into the Job's ConfigMap. Where the image is absent there is no container that could.
 */
export function runExtractor(olm: OlmContext): void {
  const { client, informers, signal, clock, nodes } = olm.cluster;
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
      if (!(await nodes.canPull({ image: image.value, container: 'pull', pod: podOf(job) }))) return;
      const files = await olm.images.files(image.value);
      if (!files) return;
      const annotations = {
        ...(await olm.images.annotations(image.value)),
        'olm.sourceImage': image.value,
        'olm.contentEncoding': 'gzip+base64',
      };
      const body = { metadata: { annotations }, binaryData: packedFiles(files) };
      await client.patch(refs.configMaps, splitKey(key), body, { type: 'merge' });
    },
  });
}

/** The pod that the Job asks for, as the nodes look at it. */
function podOf({ spec: { template } }: Job): KubeObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: template.metadata };
}
