import { type ClusterServiceVersionObject, isCopied, planNameOf, type SubscriptionObject } from '../objects';
import { field, text } from '../untrusted';
import { versionOfName } from '../version';
import { type BundleFacts, ownersOf, packageProperty } from './install-plan';
import { annotationOf, nameOf } from './manifest';
import type { PlanFacts, PlanStep } from './read-plan';

/** One operator that a plan carries. */
export interface PlanOperator {
  /** Name of the ClusterServiceVersion that the plan brings. */
  clusterServiceVersion: string;
  version: string;
  package?: string;
  /** The Subscription that it comes for; absent for a dependency that nobody has subscribed to yet. */
  subscription?: string;
  /** Another operator needs it and OLM subscribes to it in this very plan. */
  dependency: boolean;
  change: 'install' | 'upgrade';
  /** What runs now and is replaced. */
  from?: { clusterServiceVersion: string; version: string };
}

/** The operators of a plan, one for each name in `spec.clusterServiceVersionNames` and for each CSV among its steps. */
export function describeOperators(
  facts: PlanFacts,
  steps: readonly PlanStep[],
  bundles: ReadonlyMap<string, BundleFacts>,
): PlanOperator[] {
  const carried = steps.filter(({ kind }) => kind === 'ClusterServiceVersion').map(({ name }) => name);
  const names = new Set([...(facts.plan.spec.clusterServiceVersionNames ?? []), ...carried]);
  const manifests = new Map(
    steps.flatMap((step) =>
      step.kind === 'ClusterServiceVersion' ? [[step.name, step.manifest] as const] : [],
    ),
  );
  return [...names].slice(0, 500).map((name) => {
    const manifest = manifests.get(name);
    const known = bundles.get(name);
    const packageName = known?.package ?? packageOf(manifest) ?? subscribedPackage(steps, name);
    const subscription = subscriptionFor(facts, name, packageName);
    const from = replacedBy(
      facts,
      name,
      subscription,
      text(field(field(manifest, 'spec'), 'replaces'), 253) || known?.replaces,
    );
    return {
      clusterServiceVersion: name,
      version: text(field(field(manifest, 'spec'), 'version'), 100) || known?.version || versionOfName(name),
      package: packageName ?? subscription?.spec.name,
      subscription: subscription?.metadata.name,
      dependency: subscribedPackage(steps, name) !== undefined,
      change: from ? 'upgrade' : 'install',
      from,
    };
  });
}

function packageOf(manifest: unknown): string | undefined {
  return packageProperty(annotationOf(manifest, 'operatorframework.io/properties')).package;
}

/** OLM puts a Subscription into the plan for every dependency that it adds. */
function subscribedPackage(steps: readonly PlanStep[], name: string): string | undefined {
  const step = steps.find(
    ({ kind, manifest, clusterServiceVersion }) =>
      kind === 'Subscription' &&
      (field(field(manifest, 'spec'), 'startingCSV') === name || clusterServiceVersion === name) &&
      nameOf(manifest) !== '',
  );
  return step && (text(field(field(step.manifest, 'spec'), 'name'), 253) || undefined);
}

function subscriptionFor(
  { plan, subscriptions }: PlanFacts,
  name: string,
  packageName: string | undefined,
): SubscriptionObject | undefined {
  const owners = new Set(ownersOf(plan).map((owner) => owner.uid));
  const near = subscriptions.filter(({ metadata }) => metadata.namespace === plan.metadata.namespace);
  const whose = near.filter(
    (subscription) =>
      planNameOf(subscription) === plan.metadata.name || owners.has(subscription.metadata.uid),
  );
  return (
    whose.find(({ status }) => status?.currentCSV === name) ??
    near.find(({ status }) => status?.currentCSV === name || status?.installedCSV === name) ??
    whose.find(({ spec }) => spec.name === packageName) ??
    near.find(({ spec }) => packageName !== undefined && spec.name === packageName)
  );
}

/**
 * What the operator replaces: the version that the Subscription has installed, else the one that the new version names
 * itself, where that one exists. A first installation also names a predecessor, which is not there.
 */
function replacedBy(
  { plan, clusterServiceVersions }: PlanFacts,
  name: string,
  subscription: SubscriptionObject | undefined,
  replaces: string | undefined,
): PlanOperator['from'] {
  const installed = subscription?.status?.installedCSV;
  const existing = (csv: string | undefined): ClusterServiceVersionObject | undefined =>
    clusterServiceVersions.find(
      (version) =>
        version.metadata.name === csv &&
        version.metadata.namespace === plan.metadata.namespace &&
        !isCopied(version),
    );
  const old = installed && installed !== name ? installed : existing(replaces)?.metadata.name;
  if (!old) return undefined;
  return { clusterServiceVersion: old, version: existing(old)?.spec?.version || versionOfName(old) };
}
