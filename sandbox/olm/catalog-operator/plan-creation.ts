import { hasReason } from '../../client/status-error.ts';
import { now } from '../../now.ts';
import { type BundleLookup, type InstallPlan, olmVersion, type Step, type Subscription } from '../api.ts';
import { inlineManifests } from '../catalog/manifests.ts';
import { dropConditions, setCondition } from '../conditions.ts';
import type { OlmContext } from '../context.ts';
import { refs } from '../refs.ts';
import type { ResolvedOperator } from '../resolver/resolve.ts';
import { timing } from '../timing.ts';
import { propertiesJson } from './steps.ts';
import { writeStatus } from './subscription-status.ts';

/** The plan that already stands for exactly this resolution, done or not. */
export function currentPlan(
  olm: OlmContext,
  namespace: string,
  subscriptions: Subscription[],
  resolved: ResolvedOperator[],
): InstallPlan | undefined {
  const names = csvNames(resolved);
  return olm.installPlans.list(namespace).find((plan) => {
    const known = plan.spec.clusterServiceVersionNames;
    const same = known.length === names.length && known.every((name, index) => name === names[index]);
    // Without status it was approved before OLM could write one: OLM never comes back to such a plan.
    return same && plan.status?.phase !== undefined && referenced(plan, subscriptions, resolved);
  });
}

function referenced(plan: InstallPlan, subscriptions: Subscription[], resolved: ResolvedOperator[]): boolean {
  const uid = plan.metadata.uid;
  return resolved.every(({ subscription }) => {
    if (!subscription) return true;
    const latest = subscriptions.find((it) => it.metadata.uid === subscription.metadata.uid);
    return latest?.status?.installPlanRef?.uid === uid;
  });
}

/**
 * Creates the InstallPlan for a resolution and points the namespace's Subscriptions at it. One Manual Subscription
 * makes the plan wait for approval on behalf of all. An older plan stays as it is.
 */
export async function ensurePlan(
  olm: OlmContext,
  namespace: string,
  subscriptions: Subscription[],
  resolved: ResolvedOperator[],
  steps: Step[],
): Promise<void> {
  const { client, clock, signal } = olm.cluster;
  const manual = subscriptions.some(({ spec }) => spec.installPlanApproval === 'Manual');
  const generation =
    1 + Math.max(0, ...olm.installPlans.list(namespace).map(({ spec }) => spec.generation ?? 0));
  const plan = await client.create<InstallPlan>(
    refs.installPlans,
    {
      apiVersion: olmVersion,
      kind: 'InstallPlan',
      metadata: {
        generateName: 'install-',
        namespace,
        ownerReferences: [...subscriptions].sort(byName).map(({ metadata }) => ({
          apiVersion: olmVersion,
          kind: 'Subscription',
          name: metadata.name ?? '',
          uid: metadata.uid ?? '',
          controller: false,
          blockOwnerDeletion: false,
        })),
      },
      spec: {
        approval: manual ? 'Manual' : 'Automatic',
        approved: !manual,
        clusterServiceVersionNames: csvNames(resolved),
        generation,
      },
    },
    { fieldManager: 'catalog' },
  );
  await clock.sleep(timing.planStatus, signal);
  const written = await writeFirstStatus(olm, plan, manual, resolved, [
    ...steps,
    ...dependencySteps(namespace, resolved),
  ]);
  if (!written) return refusePlan(olm, subscriptions);
  await dropOldPlans(olm, namespace);
  for (const subscription of subscriptions) {
    const mine = resolved.find((it) => it.subscription?.metadata.uid === subscription.metadata.uid);
    await writeStatus(olm, subscription, (status) => {
      dropConditions(status.conditions, 'ResolutionFailed', 'BundleUnpackFailed');
      if (mine) {
        status.state = 'UpgradePending';
        status.currentCSV = mine.candidate.csvName;
      }
      status.installPlanGeneration = generation;
      status.installPlanRef = reference(written);
      status.installplan = {
        apiVersion: olmVersion,
        kind: 'InstallPlan',
        name: written.metadata.name ?? '',
        uuid: written.metadata.uid ?? '',
      };
      return true;
    });
  }
}

/** OLM keeps so many plans of a namespace. */
const keptPlans = 5;

async function dropOldPlans(olm: OlmContext, namespace: string): Promise<void> {
  const { client } = olm.cluster;
  const { items } = await client.list<InstallPlan>(refs.installPlans, { namespace });
  const newestFirst = items.sort((a, b) => (b.spec.generation ?? 0) - (a.spec.generation ?? 0));
  for (const { metadata } of newestFirst.slice(keptPlans)) {
    await client.delete(refs.installPlans, { namespace, name: metadata.name ?? '' });
  }
}

async function writeFirstStatus(
  olm: OlmContext,
  plan: InstallPlan,
  manual: boolean,
  resolved: ResolvedOperator[],
  steps: Step[],
): Promise<InstallPlan | undefined> {
  const lookups = resolved.flatMap(lookupOf);
  const catalogs = [...new Set(resolved.map(({ candidate }) => candidate.bundle.catalog.name))];
  try {
    return await olm.cluster.client.updateStatus<InstallPlan>(
      refs.installPlans,
      {
        ...plan,
        status: {
          ...(lookups.length === 0 ? {} : { bundleLookups: lookups }),
          catalogSources: catalogs,
          phase: manual ? 'RequiresApproval' : 'Installing',
          plan: steps,
          ...(manual ? {} : { startTime: now() }),
        },
      },
      { fieldManager: 'catalog' },
    );
  } catch (error) {
    // Someone approved in this very moment. OLM does not try again: it makes another plan.
    if (hasReason(error, 'Conflict') || hasReason(error, 'NotFound')) return undefined;
    throw error;
  }
}

async function refusePlan(olm: OlmContext, subscriptions: Subscription[]): Promise<void> {
  const message =
    'the object has been modified; please apply your changes to the latest version and try again';
  for (const subscription of subscriptions) {
    await writeStatus(olm, subscription, ({ conditions }) =>
      setCondition(conditions, {
        type: 'BundleUnpackFailed',
        status: 'True',
        reason: 'EnsureInstallPlanFailed',
        message: `error ensuring InstallPlan: ${message}`,
      }),
    );
  }
  throw new Error(`InstallPlan was changed before its first status: ${message}`);
}

/** Dependencies get a Subscription of their own; it comes into being with the plan. */
function dependencySteps(namespace: string, resolved: ResolvedOperator[]): Step[] {
  return resolved.flatMap(({ candidate, subscription }) => {
    if (subscription) return [];
    const { owner, channel, catalog } = candidate.bundle;
    const name = [owner.name, channel.name, catalog.name, catalog.namespace].join('-');
    const manifest = {
      kind: 'Subscription',
      apiVersion: olmVersion,
      metadata: { name, namespace },
      spec: {
        source: catalog.name,
        sourceNamespace: catalog.namespace,
        name: owner.name,
        channel: channel.name,
        startingCSV: candidate.csvName,
        installPlanApproval: 'Automatic',
      },
    };
    return [
      {
        resolving: candidate.csvName,
        resource: {
          group: 'operators.coreos.com',
          version: 'v1alpha1',
          kind: 'Subscription',
          name,
          sourceName: catalog.name,
          sourceNamespace: catalog.namespace,
          manifest: JSON.stringify(manifest),
        },
        status: 'Unknown' as const,
      },
    ];
  });
}

function lookupOf({ candidate }: ResolvedOperator): BundleLookup[] {
  const { bundle, catalog, replaces = '' } = candidate.bundle;
  if (inlineManifests(bundle).length > 0) return [];
  return [
    {
      catalogSourceRef: { name: catalog.name, namespace: catalog.namespace },
      identifier: bundle.name,
      path: bundle.image,
      properties: propertiesJson(bundle),
      replaces,
    },
  ];
}

function reference({ metadata }: InstallPlan): Record<string, string> {
  return {
    apiVersion: olmVersion,
    kind: 'InstallPlan',
    name: metadata.name ?? '',
    namespace: metadata.namespace ?? '',
    resourceVersion: metadata.resourceVersion ?? '',
    uid: metadata.uid ?? '',
  };
}

function csvNames(resolved: ResolvedOperator[]): string[] {
  return resolved.map(({ candidate }) => candidate.csvName);
}

function byName(a: Subscription, b: Subscription): number {
  return (a.metadata.name ?? '') < (b.metadata.name ?? '') ? -1 : 1;
}
