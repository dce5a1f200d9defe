import { isTryingAgain, lastFailure, phasesOf } from '../attempts';
import type { ClusterServiceVersionObject } from '../objects';
import { text } from '../untrusted';
import { deploymentsOf, isAvailable, namesDeployment } from './deployment-trouble';
import type { Place } from './facts';

/** OLM's own words; of a timeout, those for which it waited so long. */
export function wordsOfVersion(version: ClusterServiceVersionObject): string {
  const message = text(version.status?.message, 4000);
  if (message !== 'install timeout') return message;
  return phasesOf(version).findLast(({ phase }) => phase === 'Installing')?.message || message;
}

/**
 * What the last attempt of OLM to install ended with; that holds until one gets further, or until the Deployment for which
 * it waited serves.
 */
export function failureBefore(
  place: Place,
  version: ClusterServiceVersionObject,
): ClusterServiceVersionObject | undefined {
  const failure = lastFailure(version);
  if (!failure) return undefined;
  const { phase, reason, message, lastTransitionTime, before } = failure;
  const then = { ...version, status: { phase, reason, message, lastTransitionTime, conditions: before } };
  if (isTryingAgain(version)) return then;
  if (reason !== 'InstallCheckFailed') return undefined;
  const deployments = deploymentsOf(place, version);
  const serve = deployments.length > 0 && deployments.every(isAvailable);
  return serve && namesDeployment(wordsOfVersion(then)) ? undefined : then;
}
