import { type ClusterServiceVersionObject, isCopied } from '../objects';
import { text } from '../untrusted';
import { modeOf, supportedModes } from '../version-modes';
import type { Cause, Stage } from './cause';
import { deploymentFinding, deploymentInMessage } from './deployment-trouble';
import { type Finding, isOlder, type Place, type Scene, witness, wordsOf } from './facts';
import { causeInMessage } from './failure-message';
import { requirementFinding } from './requirements';

/** What a ClusterServiceVersion waits for that has not succeeded. */
export function clusterServiceVersionFinding(place: Place, version: ClusterServiceVersionObject): Finding {
  const { reason = '', message, lastTransitionTime } = version.status ?? {};
  const says = witness(version, 'status.phase');
  const said = { says, since: lastTransitionTime, detail: wordsOf(message) };
  const ofReason = causeOfReason(place, version, reason);
  if (ofReason) return { cause: ofReason, ...said };
  const missing = requirementFinding(version, place.facts);
  if (missing && !isSettling(place, version)) return missing;
  const deployment = deploymentFinding(place, version);
  if (deployment) return deployment;
  const ofMessage = causeInMessage(message) ?? deploymentInMessage(place, version);
  if (ofMessage) return { cause: ofMessage, ...said };
  if (version.status?.phase === 'Failed') return { cause: { id: 'operatorFailed', reason }, ...said };
  const stage = stageOf(version);
  const cause: Cause = { id: 'slow', stage, overdue: false };
  return {
    cause,
    says,
    since: lastTransitionTime ?? version.metadata.creationTimestamp,
    detail: wordsOf(message),
  };
}

function causeOfReason(
  place: Place,
  version: ClusterServiceVersionObject,
  reason: string,
): Cause | undefined {
  switch (reason) {
    case 'UnsupportedOperatorGroup':
    case 'NoTargetNamespaces':
      return modeNotSupported(place, version);
    case 'NoOperatorGroup':
      return { id: 'noOperatorGroup' };
    case 'TooManyOperatorGroups':
      return { id: 'severalOperatorGroups', operatorGroups: groupNames(place) };
    case 'CannotModifyStaticOperatorGroupProvidedAPIs':
      return { id: 'apisFixed', operatorGroup: groupNames(place)[0] ?? '' };
    case 'InterOperatorGroupOwnerConflict':
    case 'OwnerConflict':
      return { id: 'apiConflict', operatorGroup: groupNames(place)[0] };
    case 'OperatorConditionNotUpgradeable':
      return {
        id: 'upgradeNotAllowed',
        clusterServiceVersion: version.spec?.replaces || version.metadata.name,
      };
    default:
      return undefined;
  }
}

/**
 * OLM's plan makes ServiceAccounts and CustomResourceDefinitions after the ClusterServiceVersion, so requirements are
 * always missing for a moment.
 */
function isSettling({ plan, facts }: Place, { metadata, status }: ClusterServiceVersionObject): boolean {
  const executing = plan?.status?.phase === 'Installing' || plan?.status?.phase === 'RequiresApproval';
  const since = status?.lastTransitionTime ?? metadata.creationTimestamp;
  return !isOlder(since, facts.now, executing ? 60 : 15);
}

function stageOf({ status }: ClusterServiceVersionObject): Stage {
  return status?.phase === 'Installing' || status?.phase === 'InstallReady' ? 'deploying' : 'requirements';
}

/**
 * OLM finds every requirement of a Subscription met when a copy of the same version is in its namespace: it says
 * `AtLatestKnown` and its plan is complete, but nothing of it runs there.
 */
export function copyFinding(scene: Scene): Finding | undefined {
  const { facts, namespace, subscription } = scene;
  const copy = facts.clusterServiceVersions?.find(
    (version) =>
      version.metadata.namespace === namespace &&
      version.metadata.name === subscription.status?.currentCSV &&
      isCopied(version),
  );
  if (!copy) return undefined;
  const mode = modeOf(facts.operatorGroups?.[0], namespace);
  const supported = supportedModes(copy);
  const wrong = mode !== undefined && supported.length > 0 && !supported.includes(mode);
  const from = copy.metadata.labels?.['olm.copiedFrom'] ?? '';
  return {
    cause: wrong
      ? modeNotSupported(scene, copy)
      : { id: 'servedFromElsewhere', clusterServiceVersion: copy.metadata.name, namespace: from },
    says: witness(copy, 'metadata.labels[olm.copiedFrom]'),
    since: copy.metadata.creationTimestamp,
    detail: wordsOf(copy.status?.message),
  };
}

function modeNotSupported({ facts, namespace }: Place, version: ClusterServiceVersionObject): Cause {
  const said = text(version.status?.message, 1000);
  const group = facts.operatorGroups?.[0];
  return {
    id: 'modeNotSupported',
    mode: modeOf(group, namespace) ?? /^(\w{1,50}) InstallModeType not supported/.exec(said)?.[1],
    supported: supportedModes(version),
    operatorGroup: group?.metadata.name,
  };
}

function groupNames({ facts }: Place): string[] {
  return (facts.operatorGroups ?? []).map(({ metadata }) => metadata.name).slice(0, 20);
}
