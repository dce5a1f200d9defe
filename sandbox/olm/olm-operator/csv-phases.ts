import type { EventRecorder } from '../../client/event-recorder.ts';
import type { ClusterServiceVersion, CsvPhase, DeploymentConfig } from '../api.ts';
import type { OlmContext } from '../context.ts';
import { refs } from '../refs.ts';
import { timing } from '../timing.ts';
import { applyDeployments, deploymentsReady } from './deployments.ts';
import { setPhase } from './phase.ts';
import { type Requirements, requirementsOf, successorOf } from './requirements.ts';

type Requeue = { requeueAfterMs: number } | undefined;

interface Step {
  olm: OlmContext;
  events: EventRecorder;
  csv: ClusterServiceVersion;
  serverVersion: string;
}

/** Failures of a CSV that end as soon as its OperatorGroup is right again. */
const groupFailures = ['NoOperatorGroup', 'TooManyOperatorGroups', 'UnsupportedOperatorGroup'];

/** Moves a CSV one phase on, if it can; every change of phase brings the CSV back here. */
export async function nextPhase(
  olm: OlmContext,
  events: EventRecorder,
  csv: ClusterServiceVersion,
  serverVersion: string,
): Promise<Requeue> {
  const step = { olm, events, csv, serverVersion };
  const phase = csv.status?.phase ?? '';
  if (phase === 'Replacing') return leave(step);
  if (phase === 'Deleting') return remove(step);
  if (phase === 'Succeeded' || phase === 'Failed' || phase === 'Pending') {
    const successor = successorOf(olm, csv);
    if (successor?.status?.phase) {
      return to(step, 'Replacing', 'BeingReplaced', `being replaced by csv: ${successor.metadata.name}`);
    }
  }
  switch (phase) {
    case '':
      return to(step, 'Pending', 'RequirementsUnknown', 'requirements not yet checked');
    case 'Pending':
      return checkRequirements(step);
    case 'InstallReady':
      return startInstall(step);
    case 'Installing':
      return followInstall(step);
    case 'Succeeded':
      return watchOver(step);
    case 'Failed':
      return recover(step);
  }
}

async function to(
  { olm, events, csv }: Step,
  phase: CsvPhase,
  reason: string,
  message: string,
  requirements?: Requirements,
): Promise<Requeue> {
  const requirementStatus = requirements?.status;
  await setPhase(olm, events, csv, {
    phase,
    reason,
    message,
    ...(requirementStatus ? { requirementStatus } : {}),
  });
  return undefined;
}

async function checkRequirements(step: Step): Promise<Requeue> {
  const { olm, csv, serverVersion } = step;
  const { clock, signal } = olm.cluster;
  if (csv.status?.reason === 'RequirementsUnknown') await clock.sleep(timing.requirementsLook, signal);
  const requirements = await requirementsOf(olm, csv, serverVersion);
  if (!requirements.met) {
    await to(
      step,
      'Pending',
      'RequirementsNotMet',
      "one or more requirements couldn't be found",
      requirements,
    );
    return undefined;
  }
  return to(
    step,
    'InstallReady',
    'AllRequirementsMet',
    'all requirements found, attempting install',
    requirements,
  );
}

async function startInstall(step: Step): Promise<Requeue> {
  const { olm, csv } = step;
  try {
    await applyDeployments(olm, csv, configOf(olm, csv));
  } catch (error) {
    const message = `install strategy failed: ${error instanceof Error ? error.message : String(error)}`;
    return to(step, 'Failed', 'InstallComponentFailed', message);
  }
  return to(step, 'Installing', 'InstallSucceeded', 'waiting for install components to report healthy');
}

async function followInstall(step: Step): Promise<Requeue> {
  const { olm, csv } = step;
  const { clock, signal } = olm.cluster;
  await clock.sleep(timing.deploymentLook, signal);
  const readiness = await deploymentsReady(olm, csv);
  if (readiness.ready) {
    return to(step, 'Succeeded', 'InstallSucceeded', 'install strategy completed with no errors');
  }
  if (readiness.missing) return to(step, 'Pending', 'NeedsReinstall', readiness.message);
  if (readiness.failed) return to(step, 'Failed', 'InstallCheckFailed', readiness.message);
  const since = Date.parse(csv.status?.lastTransitionTime ?? '');
  const left = timing.installTimeout - (Date.now() - since) * clock.speed;
  if (left <= 0) return to(step, 'Failed', 'InstallCheckFailed', 'install timeout');
  await to(step, 'Installing', 'InstallWaiting', readiness.message);
  return { requeueAfterMs: left };
}

/** A running operator falls back when what it needs goes away. */
async function watchOver(step: Step): Promise<Requeue> {
  const { olm, csv, serverVersion } = step;
  const requirements = await requirementsOf(olm, csv, serverVersion);
  if (!requirements.met) {
    return to(step, 'Failed', 'RequirementsNotMet', 'requirements no longer met', requirements);
  }
  const readiness = await deploymentsReady(olm, csv);
  if (readiness.ready) return undefined;
  return to(step, 'Failed', 'ComponentUnhealthy', readiness.message);
}

async function recover(step: Step): Promise<Requeue> {
  const { olm, csv, serverVersion } = step;
  const reason = csv.status?.reason ?? '';
  if (groupFailures.includes(reason)) {
    // The group was just found to be right, or this would not have been reached.
    return to(step, 'Pending', 'RequirementsUnknown', 'InstallModes now support target namespaces');
  }
  const requirements = await requirementsOf(olm, csv, serverVersion);
  if (!requirements.met) {
    return to(step, 'Pending', 'RequirementsNotMet', 'requirements not met', requirements);
  }
  if (reason === 'InstallCheckFailed' || reason === 'InstallComponentFailed') {
    await olm.cluster.clock.sleep(timing.reinstall, olm.cluster.signal);
  }
  const readiness = await deploymentsReady(olm, csv);
  const message = readiness.ready ? 'requirements met, reinstalling' : readiness.message;
  return to(
    step,
    'Pending',
    reason === 'RequirementsNotMet' ? 'RequirementsNotMet' : 'NeedsReinstall',
    message,
  );
}

/** The old version goes when the new one has succeeded; when the new one is withdrawn, the old one comes back. */
async function leave(step: Step): Promise<Requeue> {
  const successor = successorOf(step.olm, step.csv);
  if (!successor) return to(step, 'Pending', 'RequirementsUnknown', 'requirements not yet checked');
  const gone = ['Succeeded', 'Replacing', 'Deleting'].includes(successor.status?.phase ?? '');
  if (!gone) return undefined;
  const message = 'has been replaced by a newer ClusterServiceVersion that has successfully installed.';
  return to(step, 'Deleting', 'Replaced', message);
}

async function remove({ olm, csv }: Step): Promise<Requeue> {
  const { namespace, name = '', uid } = csv.metadata;
  await olm.cluster.client.delete(
    refs.clusterServiceVersions,
    { namespace, name },
    uid ? { preconditions: { uid } } : {},
  );
  return undefined;
}

function configOf(olm: OlmContext, csv: ClusterServiceVersion): DeploymentConfig | undefined {
  const subscription = olm.subscriptions
    .list(csv.metadata.namespace)
    .find(({ status }) => [status?.currentCSV, status?.installedCSV].includes(csv.metadata.name));
  return subscription?.spec.config;
}
