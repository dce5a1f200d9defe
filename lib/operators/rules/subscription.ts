import type { DeprecatedPart, OperatorStatus, Subscription } from '../contract';
import { describePlan } from './approval';
import { approveFirstAnnotation } from './first-approval';
import type { ClusterServiceVersionObject, SubscriptionObject } from './objects';
import { upgradeToAnnotation } from './plan/upgrade-run';
import { judge, type OlmFacts, sceneOf } from './status';
import { versionOfName } from './version';

const withNewVersion: readonly OperatorStatus[] = [
  'Awaiting approval',
  'Installing',
  'Upgrade available',
  'Upgrading',
];

/** One Subscription as the pages show it. */
export function describeSubscription(subscription: SubscriptionObject, facts: OlmFacts): Subscription {
  const { metadata, spec, status } = subscription;
  const scene = sceneOf(subscription, facts);
  const { target, running, plan } = scene;
  const judgement = judge(scene);
  const shown = target ?? running;
  const waits = withNewVersion.includes(judgement.status) && status?.currentCSV !== running?.metadata.name;
  const comes = waits ? status?.currentCSV : undefined;
  return {
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    uid: metadata.uid,
    package: spec.name,
    catalog: spec.source,
    catalogNamespace: spec.sourceNamespace,
    channel: spec.channel ?? '',
    approval: spec.installPlanApproval === 'Manual' ? 'Manual' : 'Automatic',
    createdAt: metadata.creationTimestamp,
    ...judgement,
    startingCSV: spec.startingCSV || undefined,
    currentCSV: status?.currentCSV || undefined,
    installedCSV: status?.installedCSV || undefined,
    installedVersion: running && versionOf(running),
    newVersion: comes ? (target && versionOf(target)) || versionOfName(comes) : undefined,
    approveFirst: metadata.annotations?.[approveFirstAnnotation] || undefined,
    upgradeTo: metadata.annotations?.[upgradeToAnnotation] || undefined,
    plan: plan && describePlan(plan, true),
    clusterServiceVersion: shown && {
      name: shown.metadata.name,
      version: versionOf(shown),
      phase: shown.status?.phase ?? '',
      reason: shown.status?.reason,
      message: shown.status?.message,
      replaces: shown.spec?.replaces || undefined,
    },
    conditions: (status?.conditions ?? []).map(
      ({ type, status: value, reason, message, lastTransitionTime }) => ({
        type,
        status: value,
        reason: reason || undefined,
        message: message || undefined,
        lastTransitionTime,
      }),
    ),
    deprecations: deprecationsOf(subscription),
  };
}

/** Conditions in which OLM tells what its catalog calls deprecated, wherever a Subscription has them. */
const deprecatedConditions: Record<string, DeprecatedPart> = {
  PackageDeprecated: 'package',
  ChannelDeprecated: 'channel',
  BundleDeprecated: 'version',
};

function deprecationsOf({ status }: SubscriptionObject): Subscription['deprecations'] {
  return (status?.conditions ?? []).flatMap(({ type, status: value, message }) => {
    const part = Object.hasOwn(deprecatedConditions, type) ? deprecatedConditions[type] : undefined;
    return part && value === 'True' ? [{ part, message: message ?? '' }] : [];
  });
}

function versionOf({ metadata, spec }: ClusterServiceVersionObject): string {
  return spec?.version || versionOfName(metadata.name);
}
