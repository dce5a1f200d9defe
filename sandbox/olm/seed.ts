import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import type { ClusterServiceVersion, InstallPlan, OperatorGroup, Subscription } from './api.ts';
import type { OlmContext } from './context.ts';
import { createIfAbsent } from './install-crds.ts';
import { refs } from './refs.ts';

const entrySchema = z.strictObject({
  package: z.string(),
  catalog: z.string(),
  channel: z.string(),
  namespace: z.string(),
  approval: z.enum(['Manual', 'Automatic']),
  /** The annotation `cpaas.io/target-namespaces`, and what a plain OLM's OperatorGroup names; none when absent. */
  targetNamespaces: z.string().optional(),
  startingCSV: z.string().optional(),
  /** How long OLM tries to unpack a bundle here (`60s`); its own ten minutes when absent. */
  unpackTimeout: z.string().optional(),
  /** How many InstallPlans are approved, one after the other. */
  approve: z.number().int().min(0).max(20).default(0),
});

const stateSchema = z.record(z.string(), z.array(entrySchema).nullish());

export type SeedEntry = z.infer<typeof entrySchema>;

/** Reads a state: what stands on which cluster at start. Throws naming the file when it is not one. */
export async function readState(file: string): Promise<Map<string, SeedEntry[]>> {
  const parsed = stateSchema.safeParse(parse(await readFile(file, 'utf8')) ?? {});
  if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`);
  return new Map(Object.entries(parsed.data).map(([cluster, entries]) => [cluster, entries ?? []]));
}

/** Divides the sandbox's waiting times while a state is brought about. */
const seedingSpeed = 20;

/** A plan, a running CSV or a standstill is waited for so long; then the seeding goes on without. */
const patienceMs = 60_000;

/**
 * Brings a cluster into a state the way a user would: creates namespaces and Subscriptions, approves plans. Waiting
 * times are short meanwhile and the clock's own again afterwards.
 */
export async function seedState(olm: OlmContext, entries: SeedEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const { clock, client, plain } = olm.cluster;
  if (plain) {
    // Large clusters do so: a copy of every operator in every namespace is half of what a start costs.
    const spec = { features: { disableCopiedCSVs: true } };
    await client.patch(refs.olmConfigs, { name: 'cluster' }, { spec }, { type: 'merge' });
  }
  const speed = clock.speed;
  clock.speed = Math.max(speed, seedingSpeed);
  try {
    const namespaces = new Set(entries.map(({ namespace }) => namespace));
    await Promise.all(
      [...namespaces].map((namespace) =>
        seedNamespace(
          olm,
          namespace,
          entries.filter((entry) => entry.namespace === namespace),
        ),
      ),
    );
  } finally {
    clock.speed = speed;
  }
}

async function seedNamespace(olm: OlmContext, namespace: string, entries: SeedEntry[]): Promise<void> {
  const { client } = olm.cluster;
  await createIfAbsent(client, refs.namespaces, {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: namespace },
  });
  for (const entry of entries) {
    const made = olm.cluster.plain ? entry.targetNamespaces : entry.unpackTimeout;
    if (made !== undefined) await createIfAbsent(client, refs.operatorGroups, groupOf(entry));
    await createIfAbsent(client, refs.subscriptions, subscriptionOf(olm, entry));
  }
  const rounds = Math.max(...entries.map(({ approve }) => approve));
  for (let round = 0; round < rounds; round++) {
    const plan = await waitFor(olm, () => pendingPlan(olm, namespace));
    if (!plan) return;
    await approve(olm, plan);
    await waitFor(olm, () => carriedOut(olm, plan));
  }
  await waitFor(olm, () => atRest(olm, namespace));
}

/**
 * The platform's controller makes groups, without a timeout: one with a timeout has to be there before. A plain OLM
 * has nobody who makes any.
 */
function groupOf({ namespace, targetNamespaces = '', unpackTimeout }: SeedEntry): OperatorGroup {
  const targets = targetNamespaces.split(',').filter((name) => name !== '');
  return {
    apiVersion: 'operators.coreos.com/v1',
    kind: 'OperatorGroup',
    metadata: {
      name: `${namespace}-operator-group`,
      namespace,
      ...(unpackTimeout === undefined
        ? {}
        : { annotations: { 'operatorframework.io/bundle-unpack-timeout': unpackTimeout } }),
    },
    spec: targets.length === 0 ? {} : { targetNamespaces: targets },
  };
}

function subscriptionOf({ globalNamespace }: OlmContext, entry: SeedEntry): Subscription {
  const { targetNamespaces, startingCSV } = entry;
  return {
    apiVersion: 'operators.coreos.com/v1alpha1',
    kind: 'Subscription',
    metadata: {
      name: entry.package,
      namespace: entry.namespace,
      labels: { catalog: entry.catalog },
      ...(targetNamespaces === undefined
        ? {}
        : { annotations: { 'cpaas.io/target-namespaces': targetNamespaces } }),
    },
    spec: {
      channel: entry.channel,
      installPlanApproval: entry.approval,
      name: entry.package,
      source: entry.catalog,
      sourceNamespace: globalNamespace,
      ...(startingCSV ? { startingCSV } : {}),
    },
  };
}

/** The plan that waits for approval and that a Subscription points at. */
function pendingPlan(olm: OlmContext, namespace: string): InstallPlan | undefined {
  const referenced = new Set(
    olm.subscriptions.list(namespace).map(({ status }) => status?.installPlanRef?.uid),
  );
  return olm.installPlans
    .list(namespace)
    .find(
      ({ metadata, spec, status }) =>
        status?.phase === 'RequiresApproval' && !spec.approved && referenced.has(metadata.uid),
    );
}

async function approve(olm: OlmContext, { metadata }: InstallPlan): Promise<void> {
  const { namespace, name = '', uid } = metadata;
  await olm.cluster.client.patch(
    refs.installPlans,
    { namespace, name },
    [
      { op: 'test', path: '/metadata/uid', value: uid },
      { op: 'replace', path: '/spec/approved', value: true },
    ],
    { type: 'json' },
  );
}

/** All CSVs of the plan run, or one of them can't. */
function carriedOut(olm: OlmContext, plan: InstallPlan): boolean {
  return plan.spec.clusterServiceVersionNames.every((name) => {
    const csv = olm.csvs.get(`${plan.metadata.namespace}/${name}`);
    return csv?.status?.phase === 'Succeeded' || standsStill(csv);
  });
}

/** The namespace shows what it will go on showing: nothing is on its way any more. */
function atRest(olm: OlmContext, namespace: string): boolean {
  return olm.subscriptions.list(namespace).every((subscription) => {
    const { status } = subscription;
    const failed = status?.conditions?.some(
      ({ type, status: value }) =>
        value === 'True' && ['ResolutionFailed', 'BundleUnpackFailed', 'InstallPlanFailed'].includes(type),
    );
    if (failed) return true;
    const plan = olm.installPlans.get(`${namespace}/${status?.installPlanRef?.name}`);
    if (plan?.status?.phase === 'RequiresApproval') return true;
    const csv = olm.csvs.get(`${namespace}/${status?.currentCSV}`);
    if (standsStill(csv)) return true;
    return csv?.status?.phase === 'Succeeded' && !followed(olm, subscription);
  });
}

/** Waiting for Deployments for so long means waiting for good: everything else takes a moment at this speed. */
function standsStill(csv: ClusterServiceVersion | undefined): boolean {
  const { reason, lastUpdateTime } = csv?.status ?? {};
  return reason === 'InstallWaiting' && Date.now() - Date.parse(lastUpdateTime ?? '') > 3_000;
}

/** Whether the channel leads on from what is installed. */
function followed(olm: OlmContext, { spec, status }: Subscription): boolean {
  const source = olm.catalogSources.get(`${spec.sourceNamespace}/${spec.source}`);
  const connection = source && olm.connections.connect(source);
  if (connection?.state !== 'READY') return false;
  const owner = connection.content.packages.get(spec.name);
  const channel = owner?.channels.get(spec.channel || owner.defaultChannel);
  return channel !== undefined && channel.head !== status?.installedCSV;
}

async function waitFor<T>(olm: OlmContext, look: () => T): Promise<T> {
  const until = Date.now() + patienceMs;
  for (;;) {
    const seen = look();
    if (seen || Date.now() > until || olm.cluster.signal.aborted) return seen;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
