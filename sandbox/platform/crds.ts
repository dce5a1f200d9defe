import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import type { KubeObject, ResourceRef } from '../client/types.ts';
import type { ClusterRuntime } from '../cluster-runtime.ts';
import { createOnce } from './users.ts';

const definitions: ResourceRef = {
  group: 'apiextensions.k8s.io',
  version: 'v1',
  resource: 'customresourcedefinitions',
};

/** Kinds that only the global cluster serves: plugins are described, versioned and installed from there. */
const onGlobal = ['moduleplugins-moduleconfigs', 'moduleinfoes', 'clustermodules', 'productbases'];
/** Kinds that every cluster of the platform serves. */
const onEvery = ['artifacts-artifactversions', 'chartrepos-charts', 'appreleases'];
/** What workload clusters have in the place of plugin kinds. */
const onWorkload = ['clusterplugininstances'];

/**
 * Creates the platform's CRDs that belong on this cluster and waits until they are established. Those that exist
 * already are left alone.
 */
export async function installPlatformCrds(cluster: ClusterRuntime): Promise<void> {
  const files = [...onEvery, ...(cluster.name === 'global' ? onGlobal : onWorkload)];
  await createDefinitions(cluster, (await Promise.all(files.map(readDefinitions))).flat());
}

/** Creates these CRDs where they don't exist and waits until they are served. */
export async function createDefinitions(cluster: ClusterRuntime, crds: readonly KubeObject[]): Promise<void> {
  await Promise.all(crds.map((crd) => createOnce(cluster, definitions, crd)));
  await Promise.all(crds.map((crd) => established(cluster, crd.metadata.name ?? '')));
}

/** The CRDs of one file of `crds/`: one definition, or a list of those that share parts. */
export async function readDefinitions(file: string): Promise<KubeObject[]> {
  const text = await readFile(new URL(`./crds/${file}.yaml`, import.meta.url), 'utf8');
  // The files are ours, and their anchors are used dozens of times: the parser's limit on aliases is for strangers'.
  const document = parse(text, { maxAliasCount: -1 }) as KubeObject & { items?: KubeObject[] };
  return document.items ?? [document];
}

interface Definition extends KubeObject {
  status?: { conditions?: { type: string; status: string }[] };
}

async function established(cluster: ClusterRuntime, name: string): Promise<void> {
  for (let attempt = 0; attempt < 500 && !cluster.signal.aborted; attempt++) {
    const crd = await cluster.client.find<Definition>(definitions, { name });
    if (crd?.status?.conditions?.some((it) => it.type === 'Established' && it.status === 'True')) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  if (cluster.signal.aborted) return;
  throw new Error(`Cluster ${cluster.name} did not establish the definition ${name} within 5 seconds.`);
}
