import { runController, watchOf } from '../../client/controller.ts';
import { keyOf, splitKey } from '../../client/informer.ts';
import { now } from '../../now.ts';
import type { CatalogSource } from '../api.ts';
import { addressOf } from '../catalog/connections.ts';
import { changeStatus, type OlmContext } from '../context.ts';
import { refs } from '../refs.ts';

/** Connects to every CatalogSource's server and shows the connection's state. */
export function runCatalogSources(olm: OlmContext): void {
  const { cluster, catalogSources, connections } = olm;
  const { clock, signal, client } = cluster;
  const controller = runController({
    name: 'catalog-sources',
    signal,
    clock,
    watches: [
      watchOf(catalogSources, ({ type, object, previous }) =>
        type === 'DELETED' || object.metadata.generation === previous?.metadata.generation
          ? []
          : [keyOf(object)],
      ),
    ],
    reconcile: async (key) => {
      const known = catalogSources.get(key);
      if (!known) return undefined;
      const connection = connections.connect(known);
      await changeStatus<CatalogSource>(client, refs.catalogSources, splitKey(key), (source) => {
        const before = source.status?.connectionState;
        const address = addressOf(source);
        if (before?.lastObservedState === connection.state && before.address === address) return false;
        source.status = {
          ...source.status,
          connectionState: { address, lastConnect: now(), lastObservedState: connection.state },
          registryService: source.status?.registryService ?? {
            createdAt: source.metadata.creationTimestamp ?? now(),
            protocol: 'grpc',
          },
        };
        return true;
      });
      return undefined;
    },
  });
  connections.onChange(() => {
    for (const source of catalogSources.list()) controller.enqueue(keyOf(source));
  });
}
