import { runController, watchOf } from '../client/controller.ts';
import { keyOf } from '../client/informer.ts';
import { StatusError } from '../client/status-error.ts';
import type { KubeObject } from '../client/types.ts';
import type { ClusterRuntime } from '../cluster-runtime.ts';
import { refs } from './refs.ts';

const finalizer = 'customresourcecleanup.apiextensions.k8s.io';

interface Definition extends KubeObject {
  spec: { group: string; names: { plural: string }; versions: { name: string; storage: boolean }[] };
}

/** A CRD takes its objects with it: they are deleted first, then the CRD loses its finalizer. */
export function runCustomResources(cluster: ClusterRuntime): void {
  const client = cluster.server.client('kube-apiserver');
  const definitions = cluster.informers.of<Definition>(refs.crds);

  const clean = async (definition: Definition) => {
    const version = definition.spec.versions.find(({ storage }) => storage)?.name ?? '';
    const ref = { group: definition.spec.group, version, resource: definition.spec.names.plural };
    try {
      const { items } = await client.list(ref);
      const namespaces = new Set(items.map((item) => item.metadata.namespace));
      for (const namespace of namespaces) await client.deleteCollection(ref, { namespace });
      if ((await client.list(ref)).items.length > 0) return { requeueAfterMs: 1_000 };
    } catch (error) {
      // Never established, so nothing was ever stored.
      if (!(error instanceof StatusError && error.code === 404)) throw error;
    }
    await setFinalizers(
      definition,
      (definition.metadata.finalizers ?? []).filter((known) => known !== finalizer),
    );
    return undefined;
  };

  const setFinalizers = async (definition: Definition, finalizers: string[]) => {
    const { name = '', uid } = definition.metadata;
    try {
      await client.patch(refs.crds, { name }, { metadata: { uid, finalizers } }, { type: 'merge' });
    } catch (error) {
      if (!(error instanceof StatusError && error.code === 404)) throw error;
    }
  };

  runController({
    name: 'crd-finalizer',
    signal: cluster.signal,
    clock: cluster.clock,
    watches: [watchOf(definitions, ({ object }) => [keyOf(object)])],
    reconcile: async (key) => {
      const definition = definitions.get(key);
      if (!definition) return undefined;
      const isHeld = definition.metadata.finalizers?.includes(finalizer);
      if (definition.metadata.deletionTimestamp) return isHeld ? clean(definition) : undefined;
      return undefined;
    },
  });
}
