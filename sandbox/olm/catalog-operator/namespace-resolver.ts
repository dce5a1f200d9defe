import { runController, watchOf } from '../../client/controller.ts';
import type { EventRecorder } from '../../client/event-recorder.ts';
import type { KubeObject } from '../../client/types.ts';
import { isCopied, type OperatorGroup, type Subscription } from '../api.ts';
import { catalogsFor } from '../catalog/connections.ts';
import type { OlmContext } from '../context.ts';
import { candidatesOf, existingCandidate, type ResolverCatalog } from '../resolver/candidates.ts';
import { NotSatisfiable, type ResolvedOperator, resolve } from '../resolver/resolve.ts';
import { timing } from '../timing.ts';
import { bundleSteps } from './bundle-steps.ts';
import { currentPlan, ensurePlan } from './plan-creation.ts';
import { clearFailures, failResolution, failUnpacking, markUnpacking } from './resolution-conditions.ts';
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
      // Status writes are this controller's own, but for a plan that is forgotten; progress of a plan or CSV comes by
      // the others.
      watchOf(subscriptions, (event) =>
        event.previous?.metadata.generation === event.object.metadata.generation &&
        event.previous?.status?.installedCSV === event.object.status?.installedCSV &&
        (!event.previous?.status?.installPlanRef || event.object.status?.installPlanRef)
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
  const asked = questionOf(subscriptions, group, catalogs);
  const answered = olm.resolved.get(namespace) === asked;
  if (answered && (leaving(olm, namespace) || upToDate(olm, subscriptions, catalogs))) return undefined;
  olm.resolved.set(namespace, asked);
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
  const outcome = await bundleSteps(olm, namespace, group, resolved);
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

/** What a resolution depends on but for the CSVs; the content of a catalog stands for itself. */
function questionOf(
  subscriptions: Subscription[],
  group: OperatorGroup,
  catalogs: ResolverCatalog[],
): string {
  return JSON.stringify([
    subscriptions.map(({ metadata }) => [metadata.uid, metadata.generation]).sort(),
    [group.metadata.uid, group.metadata.generation],
    catalogs
      .map(({ name, namespace, priority, content }) => [namespace, name, priority, idOf(content)])
      .sort(),
  ]);
}

const ids = new WeakMap<object, number>();
let lastId = 0;

function idOf(content: object): number {
  const id = ids.get(content) ?? ++lastId;
  ids.set(content, id);
  return id;
}

/** Whether a version is on its way out; its end brings the namespace back. */
function leaving(olm: OlmContext, namespace: string): boolean {
  return olm.csvs
    .list(namespace)
    .some((csv) => !isCopied(csv) && ['Replacing', 'Deleting'].includes(csv.status?.phase ?? ''));
}

/**
 * Whether nothing is left to do for these Subscriptions. OLM then does not resolve their namespace again, so that what
 * the last resolution said stays: one that met an old CSV beside its successor leaves `ResolutionFailed` on an
 * operator that runs.
 */
function upToDate(olm: OlmContext, subscriptions: Subscription[], catalogs: ResolverCatalog[]): boolean {
  return subscriptions.every((subscription) => {
    const { state, currentCSV, installedCSV } = subscription.status ?? {};
    if (state !== 'AtLatestKnown' || currentCSV !== installedCSV) return false;
    const csv = olm.csvs.get(`${subscription.metadata.namespace}/${installedCSV}`);
    if (!csv) return true;
    return candidatesOf(subscription, catalogs, existingCandidate(csv)).length === 1;
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
