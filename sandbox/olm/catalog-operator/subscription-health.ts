import { runController, watchOf } from '../../client/controller.ts';
import { keyOf } from '../../client/informer.ts';
import { now } from '../../now.ts';
import { type CatalogHealth, type CatalogSource, olmVersion } from '../api.ts';
import { catalogsFor } from '../catalog/connections.ts';
import { setCondition } from '../conditions.ts';
import type { OlmContext } from '../context.ts';
import { timing } from '../timing.ts';
import { writeStatus } from './subscription-status.ts';

/**
 * Tells every Subscription which catalogs it may draw from. OLM calls a grpc catalog healthy as soon as it has an
 * address, so this says "all healthy" of a dead one too.
 */
export function runSubscriptionHealth(olm: OlmContext): void {
  const { cluster, subscriptions, catalogSources } = olm;
  const { clock, signal } = cluster;
  runController({
    name: 'subscription-health',
    signal,
    clock,
    concurrency: 16,
    watches: [
      watchOf(subscriptions, (event) => (event.type === 'ADDED' ? [keyOf(event.object)] : [])),
      watchOf(catalogSources, ({ object }) =>
        subscriptions
          .list()
          .filter((it) => concerns(object, it.metadata.namespace ?? '', olm.globalNamespace))
          .map(keyOf),
      ),
    ],
    reconcile: async (key) => {
      const subscription = subscriptions.get(key);
      if (!subscription) return;
      const { namespace = '' } = subscription.metadata;
      const sources = catalogsFor(namespace, olm.globalNamespace, catalogSources.list());
      if (sources.length === 0) return;
      const first = subscription.status?.catalogHealth === undefined;
      if (first) {
        await write(olm, key, sources, 'CatalogSourcesAdded');
        await clock.sleep(timing.healthRecheck, signal);
      }
      await write(olm, key, sources, 'AllCatalogSourcesHealthy');
    },
  });
}

async function write(olm: OlmContext, key: string, sources: CatalogSource[], reason: string): Promise<void> {
  const subscription = olm.subscriptions.get(key);
  if (!subscription) return;
  await writeStatus(olm, subscription, (status) => {
    const time = now();
    const health = sources.map((source) => healthOf(source, time));
    const changed = setCondition(status.conditions, {
      type: 'CatalogSourcesUnhealthy',
      status: 'False',
      reason,
      message: 'all available catalogsources are healthy',
      lastTransitionTime: time,
    });
    const same = identity(status.catalogHealth) === identity(health);
    if (!changed && same) return false;
    if (!same) status.catalogHealth = health;
    return true;
  });
}

function healthOf({ metadata }: CatalogSource, time: string): CatalogHealth {
  return {
    catalogSourceRef: {
      apiVersion: olmVersion,
      kind: 'CatalogSource',
      name: metadata.name ?? '',
      namespace: metadata.namespace ?? '',
      resourceVersion: metadata.resourceVersion ?? '',
      uid: metadata.uid ?? '',
    },
    healthy: true,
    lastUpdated: time,
  };
}

/** What makes a health report worth writing again: which catalogs there are, not how often they were touched. */
function identity(health: CatalogHealth[] | undefined): string {
  return (health ?? []).map(({ catalogSourceRef, healthy }) => `${catalogSourceRef.uid}:${healthy}`).join();
}

function concerns(source: CatalogSource, namespace: string, globalNamespace: string): boolean {
  return [namespace, globalNamespace].includes(source.metadata.namespace ?? '');
}
