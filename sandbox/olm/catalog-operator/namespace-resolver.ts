import { runController, watchOf } from '../../client/controller.ts';
import type { KubeObject } from '../../client/types.ts';
import type { OperatorGroup, Step, Subscription } from '../api.ts';
import { catalogsFor } from '../catalog/connections.ts';
import { inlineManifests } from '../catalog/manifests.ts';
import { dropConditions, setCondition } from '../conditions.ts';
import type { OlmContext } from '../context.ts';
import type { EventRecorder } from '../events.ts';
import type { ResolverCatalog } from '../resolver/candidates.ts';
import { NotSatisfiable, type ResolvedOperator, resolve } from '../resolver/resolve.ts';
import { timing } from '../timing.ts';
import { bundleTimeoutSeconds } from './bundle-timeout.ts';
import { currentPlan, ensurePlan } from './plan-creation.ts';
import { type BundleOrigin, stepsOf } from './steps.ts';
import { writeStatus } from './subscription-status.ts';
import { synthesised } from './synthesise.ts';
import { type Unpacked, unpackBundle } from './unpack.ts';
import { jobTimeToLiveSeconds } from './unpack-objects.ts';

/**
 * The catalog-operator's main loop: one key per namespace. It resolves all Subscriptions of the namespace together,
 * unpacks the bundles that the solution needs, and makes one InstallPlan for all of them.
 */
export function runNamespaceResolver(olm: OlmContext, events: EventRecorder): void {
  const { cluster, subscriptions, operatorGroups, csvs, catalogSources, installPlans } = olm;
  const { clock, signal } = cluster;
  const namespaceOf = ({ object }: { object: KubeObject }) => [object.metadata.namespace ?? ''];
  const all = () => new Set(subscriptions.list().map((it) => it.metadata.namespace ?? ''));
  const controller = runController({
    name: 'namespace-resolver',
    signal,
    clock,
    concurrency: 32,
    watches: [
      // Status writes are this controller's own; progress of a plan or CSV comes by the others.
      watchOf(subscriptions, (event) =>
        event.previous?.metadata.generation === event.object.metadata.generation &&
        event.previous?.status?.installedCSV === event.object.status?.installedCSV
          ? []
          : namespaceOf(event),
      ),
      watchOf(operatorGroups, (event) =>
        event.previous?.metadata.generation === event.object.metadata.generation ? [] : namespaceOf(event),
      ),
      watchOf(csvs, (event) =>
        event.type === 'MODIFIED' && event.previous?.status?.phase === event.object.status?.phase
          ? []
          : namespaceOf(event),
      ),
      watchOf(installPlans, ({ previous, object }) =>
        previous?.status?.phase !== object.status?.phase &&
        ['Complete', 'Failed'].includes(object.status?.phase ?? '')
          ? namespaceOf({ object })
          : [],
      ),
      watchOf(catalogSources, (event) =>
        event.type === 'MODIFIED' && event.previous?.metadata.generation === event.object.metadata.generation
          ? []
          : all(),
      ),
    ],
    reconcile: async (namespace) => {
      await clock.sleep(timing.resolve, signal);
      return syncNamespace(olm, events, namespace);
    },
  });
  olm.connections.onChange(() =>
    clock.after(timing.catalogReconnect, () => {
      for (const namespace of all()) controller.enqueue(namespace);
    }),
  );
}

async function syncNamespace(
  olm: OlmContext,
  events: EventRecorder,
  namespace: string,
): Promise<{ requeueAfterMs: number } | undefined> {
  const subscriptions = olm.subscriptions.list(namespace).filter((it) => !it.metadata.deletionTimestamp);
  if (subscriptions.length === 0) return undefined;
  const groups = olm.operatorGroups.list(namespace);
  const [group] = groups;
  // None or several: OLM says nothing about it, anywhere.
  if (group === undefined || groups.length > 1) return undefined;

  if (underway(olm, subscriptions)) return undefined;
  if (!subscriptions.every((it) => healthKnown(olm, it))) return { requeueAfterMs: timing.healthRecheck };
  const { catalogs, errors } = reachable(olm, namespace);
  if (errors.length > 0) {
    await failResolution(olm, subscriptions, 'ErrorPreventedResolution', errors.join(', '));
    return { requeueAfterMs: 15_000 };
  }
  let resolved: ResolvedOperator[];
  try {
    resolved = resolve(subscriptions, olm.csvs.list(namespace), catalogs);
  } catch (error) {
    if (!(error instanceof NotSatisfiable)) throw error;
    await failResolution(olm, subscriptions, 'ConstraintsNotSatisfiable', error.message);
    return undefined;
  }
  if (resolved.length === 0) {
    await clearFailures(olm, subscriptions);
    return undefined;
  }
  if (currentPlan(olm, namespace, subscriptions, resolved)) return undefined;
  const outcome = await unpackAll(olm, namespace, group, resolved);
  if (outcome.state !== 'pending') olm.unpacking.delete(namespace);
  if (outcome.state === 'pending') {
    olm.unpacking.add(namespace);
    await markUnpacking(olm, subscriptions);
    return { requeueAfterMs: timing.unpackRecheck };
  }
  if (outcome.state === 'failed') {
    await failUnpacking(olm, events, subscriptions, outcome);
    return { requeueAfterMs: (jobTimeToLiveSeconds + 5) * 1_000 };
  }
  await ensurePlan(olm, namespace, subscriptions, resolved, outcome.steps);
  return undefined;
}

/** While a plan is being carried out nothing new is resolved: its end, and the Subscription's, bring the key back. */
function underway(olm: OlmContext, subscriptions: Subscription[]): boolean {
  return subscriptions.some(({ metadata: { namespace }, status }) => {
    const { currentCSV, installedCSV, installPlanRef } = status ?? {};
    if (currentCSV !== installedCSV && olm.csvs.get(`${namespace}/${currentCSV}`)) return true;
    const plan = olm.installPlans.get(`${namespace}/${installPlanRef?.name}`);
    return plan?.status?.phase === 'Installing';
  });
}

/** OLM has a look at the catalogs' health before it resolves. */
function healthKnown(olm: OlmContext, { metadata, status }: Subscription): boolean {
  const sources = catalogsFor(metadata.namespace ?? '', olm.globalNamespace, olm.catalogSources.list());
  const condition = status?.conditions?.find(({ type }) => type === 'CatalogSourcesUnhealthy');
  return sources.length === 0 || condition?.reason === 'AllCatalogSourcesHealthy';
}

function reachable(olm: OlmContext, namespace: string): { catalogs: ResolverCatalog[]; errors: string[] } {
  const catalogs: ResolverCatalog[] = [];
  const errors: string[] = [];
  for (const source of catalogsFor(namespace, olm.globalNamespace, olm.catalogSources.list())) {
    const connection = olm.connections.connect(source);
    const { name = '', namespace: home = '' } = source.metadata;
    if (connection.state === 'READY') {
      const priority = source.spec.priority ?? 0;
      catalogs.push({ name, namespace: home, priority, content: connection.content });
    } else {
      errors.push(`error using catalogsource ${home}/${name}: failed to list bundles: ${connection.error}`);
    }
  }
  return { catalogs, errors };
}

type Outcome =
  | { state: 'pending' }
  | { state: 'done'; steps: Step[] }
  | { state: 'failed'; reason: string; message: string };

async function unpackAll(
  olm: OlmContext,
  namespace: string,
  group: OperatorGroup,
  resolved: ResolvedOperator[],
): Promise<Outcome> {
  const timeoutSeconds = bundleTimeoutSeconds(group);
  const steps: Step[] = [];
  let pending = false;
  for (const { candidate } of resolved) {
    const { bundle, channel, catalog } = candidate.bundle;
    const origin: BundleOrigin = {
      bundle,
      entry: channel.entries.get(bundle.name),
      catalogName: catalog.name,
      catalogNamespace: catalog.namespace,
      namespace,
    };
    const inline = inlineManifests(bundle);
    if (inline.length > 0) {
      steps.push(...stepsOf(inline, origin));
      continue;
    }
    const unpacked = await unpackImage(olm, origin, timeoutSeconds);
    if (unpacked.state === 'failed') return unpacked;
    if (unpacked.state === 'pending') pending = true;
    else if ('manifests' in unpacked) {
      steps.push(...stepsOf(unpacked.manifests, { ...origin, ...configMapOf(unpacked) }));
    }
  }
  return pending ? { state: 'pending' } : { state: 'done', steps };
}

function configMapOf(unpacked: Unpacked): Pick<BundleOrigin, 'configMap'> {
  return unpacked.state === 'done' && unpacked.configMap.name !== '' ? { configMap: unpacked.configMap } : {};
}

async function unpackImage(olm: OlmContext, origin: BundleOrigin, timeoutSeconds: number): Promise<Unpacked> {
  const { bundle } = origin;
  if (olm.synthesise && !(await olm.images.has(bundle.image))) {
    return { state: 'done', manifests: synthesised(bundle), configMap: { name: '', namespace: '' } };
  }
  const source = olm.catalogSources.get(`${origin.catalogNamespace}/${origin.catalogName}`);
  if (!source) return { state: 'pending' };
  return unpackBundle(olm, bundle.image, source, timeoutSeconds);
}

async function failResolution(
  olm: OlmContext,
  subscriptions: Subscription[],
  reason: string,
  message: string,
): Promise<void> {
  for (const subscription of subscriptions) {
    await writeStatus(olm, subscription, ({ conditions }) => {
      dropConditions(conditions, 'BundleUnpacking', 'BundleUnpackFailed');
      return setCondition(conditions, { type: 'ResolutionFailed', status: 'True', reason, message });
    });
  }
}

async function clearFailures(olm: OlmContext, subscriptions: Subscription[]): Promise<void> {
  for (const subscription of subscriptions) {
    await writeStatus(olm, subscription, ({ conditions }) =>
      dropConditions(conditions, 'ResolutionFailed', 'BundleUnpackFailed'),
    );
  }
}

async function markUnpacking(olm: OlmContext, subscriptions: Subscription[]): Promise<void> {
  for (const subscription of subscriptions) {
    await writeStatus(olm, subscription, ({ conditions }) => {
      const dropped = dropConditions(conditions, 'ResolutionFailed', 'BundleUnpackFailed');
      const unpacking = { type: 'BundleUnpacking', status: 'True', reason: 'UnpackingInProgress' };
      return setCondition(conditions, unpacking) || dropped;
    });
  }
}

async function failUnpacking(
  olm: OlmContext,
  events: EventRecorder,
  subscriptions: Subscription[],
  { message }: { message: string },
): Promise<void> {
  for (const subscription of subscriptions) {
    const written = await writeStatus(olm, subscription, ({ conditions }) => {
      dropConditions(conditions, 'BundleUnpacking', 'ResolutionFailed');
      const type = 'BundleUnpackFailed';
      return setCondition(conditions, { type, status: 'True', reason: type, message });
    });
    if (written) await events.record(written, 'Warning', 'BundleUnpackFailed', message);
  }
}
