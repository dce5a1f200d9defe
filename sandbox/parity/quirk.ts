import type { ClusterServiceVersion, Subscription } from '../olm/api.ts';
import { refs } from '../olm/refs.ts';
import { actions } from '../olm/testing/actions.ts';
import { sampleCatalog } from '../olm/testing/sample-catalog.ts';
import { type TestCluster, testCluster } from '../olm/testing/test-cluster.ts';
import { until } from '../testing/until.ts';
import { bodyDifferences } from './compare.ts';
import { recordedValue } from './recordings.ts';

const name = 'argocd-operator';
const namespace = 'all-argocd-operator';
const [oldCsv, newCsv] = [`${name}.v0.17.0`, `${name}.v0.18.0`];

/**
 * An operator that runs and whose Subscription says `ResolutionFailed`: its namespace was resolved while the old
 * version still stood beside the new one, and OLM had no reason to resolve it again. It has a cluster of its own, with
 * a catalog that has these versions.
 */
export async function failedResolutionAgrees(file: string): Promise<string[]> {
  const versions = [{ version: '0.17.0' }, { version: '0.18.0', replaces: '0.17.0' }];
  const folders = await sampleCatalog([{ name, channels: { alpha: versions } }]);
  // At this speed the catalogs can be changed while a plan is being carried out.
  const cluster = await testCluster({
    catalogs: { hub: folders.catalog },
    bundles: [folders.bundles],
    speed: 3,
  });
  try {
    await resolveBetweenVersions(cluster);
    const { client } = cluster.olm.cluster;
    const subscription = await client.get<Subscription>(refs.subscriptions, { namespace, name });
    const { status } = await client.get<ClusterServiceVersion>(refs.clusterServiceVersions, {
      namespace,
      name: newCsv,
    });
    const real = recordedValue<Subscription>(file);
    return [
      ...bodyDifferences(told(real), told(subscription)),
      ...bodyDifferences({ phase: 'Succeeded' }, { phase: status?.phase }),
    ];
  } finally {
    cluster.stop();
    await folders.remove();
  }
}

/** Holds the old version beside the new one while the catalogs change, and then lets it go. */
async function resolveBetweenVersions({ olm }: TestCluster): Promise<void> {
  const { client } = olm.cluster;
  const does = actions(olm);
  const old = { namespace, name: oldCsv };
  await does.namespace(namespace);
  await does.group(namespace);
  const spec = { channel: 'alpha', startingCSV: oldCsv, installPlanApproval: 'Manual' } as const;
  await does.subscribe(namespace, name, spec);
  await does.approve(await does.pendingPlan(namespace, name));
  await does.csvIn(namespace, oldCsv, 'Succeeded');
  const upgrade = await does.pendingPlan(namespace, name);

  const { metadata } = await client.get(refs.clusterServiceVersions, old);
  const finalizers = [...(metadata.finalizers ?? []), 'example.com/hold'];
  await client.patch(refs.clusterServiceVersions, old, { metadata: { finalizers } }, { type: 'merge' });
  await does.approve(upgrade);
  await until('the plan is being carried out', () => {
    return olm.installPlans.get(`${namespace}/${upgrade.metadata.name}`)?.status?.phase === 'Installing';
  });
  const hub = { namespace: 'olm', name: 'hub' };
  await client.patch(refs.catalogSources, hub, { spec: { priority: 1 } }, { type: 'merge' });
  await does.csvIn(namespace, newCsv, 'Succeeded');
  await does.condition(namespace, name, 'ResolutionFailed');
  const freed = { metadata: { finalizers: null } };
  await client.patch(refs.clusterServiceVersions, old, freed, { type: 'merge' });
  await does.gone(refs.clusterServiceVersions, old);
}

/** What the oddity is made of; the API that both versions provide has another group in the sample catalog. */
function told({ status }: Subscription): unknown {
  const { conditions = [], currentCSV, installedCSV, installPlanGeneration, state } = status ?? {};
  const named = conditions.map((it) => ({
    ...it,
    ...(it.message ? { message: it.message.replace(/provide \w+ \([\w./-]+\)/, 'provide (API)') } : {}),
  }));
  return { conditions: named, currentCSV, installedCSV, installPlanGeneration, state };
}
