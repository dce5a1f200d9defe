import type { ClusterServiceVersionObject } from './objects';
import { field, list, text } from './untrusted';

/** A phase that a ClusterServiceVersion has been in. */
interface Entry {
  phase: string;
  reason: string;
  message: string;
  lastTransitionTime?: string;
}

/** How the last attempt of OLM to install ended, and what came before and after that. */
interface Failure extends Entry {
  before: Entry[];
  after: Entry[];
}

const NOT_MADE = /^(?:InstallComponentFailed|InvalidStrategy|InvalidInstallModes|InvalidWebhookDescription)/;

/** Whether OLM has not even made the Deployment: how one from before does says nothing of such a failure. */
export function isNotMade(reason: string): boolean {
  return NOT_MADE.test(reason);
}

/**
 * Whether a ClusterServiceVersion is in phase `Failed` and stays there. Where something it requires is gone, OLM puts it
 * back to `Pending` at once, and often takes a second to see that nothing is missing.
 */
export function hasFailed({ status }: ClusterServiceVersionObject): boolean {
  return status?.phase === 'Failed' && status.reason !== 'RequirementsNotMet';
}

/** The phases that a ClusterServiceVersion has been in, the present one last: OLM keeps some twenty. */
export function phasesOf({ status }: ClusterServiceVersionObject): Entry[] {
  return list(
    status?.conditions,
    (entry) => ({
      phase: text(field(entry, 'phase'), 50),
      reason: text(field(entry, 'reason'), 200),
      message: text(field(entry, 'message'), 4000),
      lastTransitionTime: text(field(entry, 'lastTransitionTime'), 50) || undefined,
    }),
    100,
  );
}

/** The last phase `Failed`, unless the ClusterServiceVersion has succeeded since. */
export function lastFailure(version: ClusterServiceVersionObject): Failure | undefined {
  const phases = phasesOf(version);
  const last = phases.findLastIndex(({ phase }) => phase === 'Failed');
  const failed = phases[last];
  const after = phases.slice(last + 1);
  if (!failed || after.some(({ phase }) => phase === 'Succeeded')) return undefined;
  return { ...failed, before: phases.slice(0, last), after };
}

/**
 * Whether OLM could not make the Deployment and is about to try again. It does so within seconds, again and again,
 * each time through phases that look like a beginning.
 */
export function isTryingAgain(version: ClusterServiceVersionObject): boolean {
  const failure = lastFailure(version);
  if (!failure || !isNotMade(failure.reason)) return false;
  return !failure.after.some(({ phase }) => phase === 'Installing');
}
