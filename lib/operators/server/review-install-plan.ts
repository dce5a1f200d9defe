import 'server-only';
import type { Context } from '@/lib/kube/context';
import type { Unread } from '../contract';
import type { PlanPath, PlanReview } from '../plan-contract';
import type { SubscriptionObject } from '../rules/objects';
import {
  describeApis,
  describeListedPlan,
  describeOperatorsOf,
  describePath,
  describeSteps,
  messageOf,
} from '../rules/plan/describe-review';
import { diffPlan } from '../rules/plan/diff';
import { type PlanReading, readPlan } from '../rules/plan/read-plan';
import { findChannels } from './get-operator';
import { getPlan, listPlans, listSubscriptions } from './olm-objects';
import { isOfCluster, readableIfAny } from './partial';
import { readBundles } from './read-bundles';
import { readInstances, readRunning, readVersions } from './read-running';

const MAX_PATHS = 10;

/**
 * One InstallPlan, whole, against what runs. Everything is read with the user's own rights; what they may not read is
 * told in `partial`, `problems` or `unknown`.
 * @throws KubeError 404 when there is none of that name, 403 when the user may not read it
 */
export async function reviewInstallPlan(
  context: Context,
  { namespace, name }: { namespace: string; name: string },
): Promise<PlanReview> {
  const partial: Unread = [];
  const { kube } = context;
  // Subscriptions first: a plan that one names exists by the time the plans are read.
  const owners = await readableIfAny(listSubscriptions(kube, { namespace }), partial);
  const plan = await getPlan(kube, { namespace, name });
  const [plans, versions, bundles] = await Promise.all([
    readableIfAny(listPlans(kube, { namespace }), partial),
    readVersions(context, namespace, partial),
    readBundles(context, plan),
  ]);
  const reading = readPlan({
    plan,
    subscriptions: owners ?? [],
    clusterServiceVersions: (versions ?? []).filter(({ metadata }) => metadata.namespace === namespace),
    bundles,
  });
  const [running, paths] = await Promise.all([
    readRunning(context, namespace, reading, versions, partial),
    readPaths(context, reading, owners ?? []),
  ]);
  const { objects, counts } = await readInstances(context, running);
  const diff = diffPlan(reading, { ...running, existing: (crd) => objects.get(crd) });
  return {
    ...describeListedPlan(plan, plans ?? [plan], owners, kube.now()),
    message: messageOf(plan),
    operators: describeOperatorsOf(reading, diff, owners ?? []),
    apis: describeApis(diff, counts),
    steps: describeSteps(reading),
    totalSteps: reading.totalSteps,
    problems: reading.problems,
    unknown: diff.unknown,
    paths,
    partial,
  };
}

async function readPaths(
  context: Context,
  { operators }: PlanReading,
  owners: readonly SubscriptionObject[],
): Promise<PlanPath[]> {
  const pairs = operators.flatMap(({ subscription, clusterServiceVersion }) => {
    const owner = owners.find(({ metadata }) => metadata.name === subscription);
    return owner ? [{ owner, clusterServiceVersion }] : [];
  });
  return Promise.all(
    pairs.slice(0, MAX_PATHS).map(async ({ owner, clusterServiceVersion }) => {
      const { name, source: catalog, sourceNamespace: catalogNamespace } = owner.spec;
      const ref = { name, catalog, catalogNamespace };
      const channels = await findChannels(context, ref, owner.metadata.namespace).catch(unlessUnreadable);
      return describePath(owner, clusterServiceVersion, channels);
    }),
  );
}

/** A catalogue that is gone or closed leaves the path unknown, which the path itself says. */
function unlessUnreadable(error: unknown): undefined {
  if (isOfCluster(error)) return undefined;
  throw error;
}
