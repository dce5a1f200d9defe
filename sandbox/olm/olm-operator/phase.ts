import type { EventRecorder } from '../../client/event-recorder.ts';
import { now } from '../../now.ts';
import type { ClusterServiceVersion, CsvPhase } from '../api.ts';
import { changeStatus, type OlmContext } from '../context.ts';
import { refs } from '../refs.ts';

/** OLM keeps so many conditions of a CSV; older ones go. */
const maxConditions = 20;

export interface PhaseChange {
  phase: CsvPhase;
  reason: string;
  message: string;
  requirementStatus?: NonNullable<ClusterServiceVersion['status']>['requirementStatus'];
}

/**
 * Writes a CSV's new phase with its condition and an Event, the Event first as OLM does. Nothing is written when phase,
 * reason and message are those that the CSV has. Gives the CSV as it then is.
 */
export async function setPhase(
  olm: OlmContext,
  events: EventRecorder,
  csv: ClusterServiceVersion,
  change: PhaseChange,
): Promise<ClusterServiceVersion | undefined> {
  const { phase, reason, message, requirementStatus } = change;
  const same = csv.status?.phase === phase && csv.status.reason === reason && csv.status.message === message;
  const sameRequirements =
    requirementStatus === undefined ||
    JSON.stringify(requirementStatus) === JSON.stringify(csv.status?.requirementStatus);
  if (same && sameRequirements) return csv;
  if (!same) await events.record(csv, phase === 'Failed' ? 'Warning' : 'Normal', reason, message);
  const { namespace, name = '', uid } = csv.metadata;
  return changeStatus<ClusterServiceVersion>(
    olm.cluster.client,
    refs.clusterServiceVersions,
    { namespace, name },
    (latest) => {
      if (latest.metadata.uid !== uid) return false;
      const time = now();
      const before = latest.status;
      const condition = { lastTransitionTime: time, lastUpdateTime: time, message, phase, reason };
      latest.status = {
        ...before,
        cleanup: before?.cleanup ?? {},
        conditions: same
          ? (before?.conditions ?? [])
          : [...(before?.conditions ?? []), condition].slice(-maxConditions),
        lastTransitionTime: before?.phase === phase ? (before.lastTransitionTime ?? time) : time,
        lastUpdateTime: time,
        message,
        phase,
        reason,
        ...(requirementStatus ? { requirementStatus } : {}),
      };
      return true;
    },
  );
}
