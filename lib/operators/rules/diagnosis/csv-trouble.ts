import { isNotMade } from '../attempts';
import { type ClusterServiceVersionObject, isCopied } from '../objects';
import { text } from '../untrusted';
import { modeOf, supportedModes } from '../version-modes';
import type { Cause, Stage } from './cause';
import { failureBefore, wordsOfVersion } from './csv-history';
import { deploymentFinding, deploymentInMessage } from './deployment-trouble';
import { type Finding, isOlder, type Place, type Scene, witness, wordsOf } from './facts';
import { causeInMessage } from './failure-message';
import { requirementFinding } from './requirements';

/** What a ClusterServiceVersion waits for that has not succeeded. */
export function clusterServiceVersionFinding(place: Place, version: ClusterServiceVersionObject): Finding {
  const { phase, reason = '', lastTransitionTime } = version.status ?? {};
  const message = wordsOfVersion(version);
  const says = witness(version, 'status.phase');
  const said = { says, since: lastTransitionTime, detail: wordsOf(message) };
  const ofReason = causeOfReason(place, version, reason);
  if (ofReason) return { cause: ofReason, ...said };
  const starting: Finding = {
    ...said,
    cause: { id: 'slow', stage: stageOf(version), overdue: false },
    since: lastTransitionTime ?? version.metadata.creationTimestamp,
  };
  const missing = speaksOfRequirements(version) ? requirementFinding(version, place.facts) : undefined;
  if ((missing || reason === 'RequirementsNotMet') && isSettling(place, version)) return starting;
  if (missing) return missing;
  const known = causeInMessage(message);
  if (known) return { cause: known, ...said };
  const failed: Finding = { cause: { id: 'operatorFailed', reason }, ...said };
  if (phase === 'Failed' && isNotMade(reason)) return failed;
  const deployment = deploymentFinding(place, version);
  if (deployment) return deployment;
  const ofMessage = deploymentInMessage(place, version, message);
  if (ofMessage) return { cause: ofMessage, ...said };
  if (phase === 'Failed') return failed;
  const before = failureBefore(place, version);
  if (before) return clusterServiceVersionFinding(place, before);
  return starting;
}

/**
 * A successor stays in phase `Pending` until its predecessor is in phase `Replacing`, and that one gets there from
 * `Succeeded`: one that fails meanwhile holds it up, and nothing says so (OLM, transition of phase `Pending`).
 */
export function predecessorFinding(
  { facts, namespace, running }: Scene,
  { status }: ClusterServiceVersionObject,
): Finding | undefined {
  if (!running || status?.phase !== 'Pending' || !isOlder(status.lastTransitionTime, facts.now))
    return undefined;
  const { phase } = running.status ?? {};
  if (!phase || ['Succeeded', 'Replacing', 'Deleting'].includes(phase)) return undefined;
  const finding = clusterServiceVersionFinding({ facts, namespace }, running);
  return finding.cause.id === 'slow' ? undefined : finding;
}

/** `status.requirementStatus` is written where requirements are looked at, and stays when they are met later. */
function speaksOfRequirements({ status }: ClusterServiceVersionObject): boolean {
  return status?.reason === 'RequirementsNotMet' || (status?.phase ?? 'Pending') === 'Pending';
}

function causeOfReason(
  place: Place,
  version: ClusterServiceVersionObject,
  reason: string,
): Cause | undefined {
  switch (reason) {
    case 'UnsupportedOperatorGroup':
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
 * always missing for a moment; and for one they may seem to be gone again right after it has succeeded.
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
