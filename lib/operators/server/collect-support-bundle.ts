import 'server-only';
import type { Context } from '@/lib/kube/context';
import type { KubeObject, ResourceRef } from '@/lib/kube/types';
import type { InstallationRef } from '../diagnosis-contract';
import type { Surroundings } from '../rules/diagnosis/facts';
import { withoutSecrets } from '../rules/diagnosis/without-secrets';
import type { ApiObject } from '../rules/objects';
import { field, list, record, text } from '../rules/untrusted';
import { readable } from './partial';
import { readDiagnosis } from './read-diagnosis';
import { readPodLog } from './read-pod-log';

const resourceQuotas: ResourceRef = { group: '', version: 'v1', resource: 'resourcequotas' };
const MAX_BYTES = 8 * 1024 * 1024;
const MAX_LOGS = 12;
const MAX_EVENTS = 500;
const MAX_SECONDS = 20;

/**
 * What a diagnosis was made from, as one JSON document: the objects around the installation, Events, and logs of pods
 * that do not serve, read with the user's own rights and without secrets. It holds at most 8 MiB and takes at most about
 * 20 seconds; what was left out for that is named in `leftOut`.
 * @throws KubeError 404 when there is no such installation, 403 when the user may not read it
 */
export async function collectSupportBundle(
  context: Context,
  ref: InstallationRef,
): Promise<{ fileName: string; json: string }> {
  const until = Date.now() + MAX_SECONDS * 1000;
  const { object, facts, diagnosis, partial } = await readDiagnosis(context, ref);
  const catalogNamespace = text(field(object.spec, 'sourceNamespace'), 63);
  const near = within(facts, ref.namespace, catalogNamespace);
  const quotas = await readable(
    context.kube.list<KubeObject>(resourceQuotas, { namespace: ref.namespace }),
    partial,
  );
  const leftOut: string[] = [];
  const logs: Record<string, string> = {};
  for (const { pod, container } of silentContainers(near.Pod ?? [])) {
    const name = `${pod.metadata.namespace}/${pod.metadata.name}/${container}`;
    if (Object.keys(logs).length >= MAX_LOGS || Date.now() > until) {
      leftOut.push(`log of ${name}`);
      continue;
    }
    const place = { namespace: pod.metadata.namespace ?? '', pod: pod.metadata.name, container };
    const words = await readPodLog(context, place, partial);
    if (words !== undefined) logs[name] = words;
  }
  const about = {
    cluster: context.cluster.name,
    ...ref,
    takenAt: new Date(facts.now).toISOString(),
    diagnosis: withoutSecrets(diagnosis),
    partial,
  };
  const sections: [string, unknown[]][] = [
    ['Installation', [object]],
    ...Object.entries(near),
    ['ResourceQuota', quotas ?? []],
    ['PackageManifest', (facts.offers ?? []).map(slimManifest)],
  ];
  const objects = fill(sections, MAX_BYTES - JSON.stringify(logs).length, leftOut);
  const json = JSON.stringify({ about, leftOut, logs, objects }, null, 1);
  return { fileName: `support-${ref.namespace}-${ref.name}.json`.replace(/[^\w.-]/g, '_'), json };
}

/** Takes objects without their secrets, in order of importance, as long as there is room. */
function fill(sections: [string, unknown[]][], room: number, leftOut: string[]): Record<string, unknown[]> {
  const objects: Record<string, unknown[]> = {};
  let left = room;
  for (const [kind, items] of sections) {
    const taken: unknown[] = [];
    for (const item of items) {
      const clean = withoutSecrets(item);
      const size = JSON.stringify(clean).length;
      if (size > left) leftOut.push(`${kind} ${text(field(field(item, 'metadata'), 'name'), 253)}`.trim());
      else {
        taken.push(clean);
        left -= size;
      }
    }
    objects[kind] = taken;
  }
  return objects;
}

/** Of the catalog's namespace only what unpacks bundles or serves the catalog belongs to the case. */
function within(
  facts: Surroundings,
  namespace: string,
  catalogNamespace: string,
): Record<string, ApiObject[]> {
  const here = (objects: readonly ApiObject[] | undefined) =>
    (objects ?? []).filter(({ metadata }) => metadata.namespace === namespace);
  const jobs = (facts.jobs ?? []).filter(({ metadata }) => metadata.namespace === catalogNamespace);
  const ofCatalog = (facts.pods ?? []).filter(
    ({ metadata }) =>
      metadata.namespace === catalogNamespace &&
      metadata.namespace !== namespace &&
      (metadata.labels?.['job-name'] !== undefined || metadata.labels?.['olm.catalogSource'] !== undefined),
  );
  return {
    Subscription: here(facts.subscriptionsInNamespace),
    InstallPlan: here(facts.installPlans).map(withoutSteps),
    ClusterServiceVersion: here(facts.clusterServiceVersions),
    OperatorGroup: here(facts.operatorGroups),
    CatalogSource: [...(facts.catalogSources ?? [])],
    CustomResourceDefinition: [...(facts.definitions ?? [])],
    Deployment: here(facts.deployments),
    ReplicaSet: here(facts.replicaSets),
    Pod: [...here(facts.pods), ...ofCatalog],
    Job: jobs,
    Event: [...(facts.events ?? [])]
      .sort((left, right) => right.metadata.creationTimestamp.localeCompare(left.metadata.creationTimestamp))
      .slice(0, MAX_EVENTS),
  };
}

/** The manifests of a plan's steps are the bundle's own, and megabytes. */
function withoutSteps(plan: ApiObject): ApiObject {
  const steps = list(field(plan.status, 'plan'), (step) => step, 2000).map((step) => {
    const resource = field(step, 'resource');
    return {
      status: field(step, 'status'),
      resource: { kind: field(resource, 'kind'), name: field(resource, 'name') },
    };
  });
  return { ...plan, status: { ...record(plan.status), plan: steps } };
}

function slimManifest(manifest: unknown): unknown {
  const channels = list(field(field(manifest, 'status'), 'channels'), (channel) => ({
    name: field(channel, 'name'),
    currentCSV: field(channel, 'currentCSV'),
    entries: field(channel, 'entries'),
  }));
  const status = field(manifest, 'status');
  return {
    metadata: { name: field(field(manifest, 'metadata'), 'name') },
    catalogSource: field(status, 'catalogSource'),
    catalogSourceNamespace: field(status, 'catalogSourceNamespace'),
    defaultChannel: field(status, 'defaultChannel'),
    channels,
  };
}

/** Containers of pods that do not serve and may have written why. */
function silentContainers(pods: readonly ApiObject[]): { pod: ApiObject; container: string }[] {
  return pods.flatMap((pod) =>
    list(field(pod.status, 'containerStatuses'), (status) => status, 20)
      .filter((status) => {
        const waits = field(field(status, 'state'), 'waiting') !== undefined;
        const hasEnded = field(field(status, 'lastState'), 'terminated') !== undefined;
        return hasEnded || (field(status, 'ready') !== true && !waits);
      })
      .map((status) => ({ pod, container: text(field(status, 'name'), 253) })),
  );
}
