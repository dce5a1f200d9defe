import { type Action, lead } from './action';
import { catalogActions, channelActions, packageActions } from './catalog-actions';
import { type Cause, type Diagnosis, isWell } from './cause';
import type { DiagnosisFacts, Surroundings } from './facts';
import { groupActions, modeActions, newGroup } from './group-actions';
import { leftPlans, reinstall } from './plan-actions';

/** What can be done about the cause of a diagnosis, the likeliest cure first; then which plans lie about. */
export function actionsFor(diagnosis: Diagnosis, facts: Surroundings | DiagnosisFacts): Action[] {
  const { cause, says } = diagnosis;
  if (isWell(cause)) return [];
  const namespace = 'subscription' in facts ? (facts.subscription.metadata.namespace ?? '') : says.namespace;
  const left = leftPlans(namespace, facts);
  const cures = curesFor(diagnosis, namespace, facts);
  return leftOver.includes(cause.id) ? [...left, ...cures] : [...cures, ...left];
}

/** Causes which are a plan that lies about. */
const leftOver: readonly Cause['id'][] = ['planSuperseded', 'planOrphaned', 'planWithoutStatus'];

function curesFor(
  { cause, says }: Diagnosis,
  namespace: string,
  facts: Surroundings | DiagnosisFacts,
): Action[] {
  switch (cause.id) {
    case 'waitsForApproval':
      return [lead('reviewPlan', { plan: cause.plan })];
    case 'heldUpByPlan':
    case 'storedVersionAtRisk':
    case 'existingObjectsInvalid':
      return planOf(cause, says);
    case 'heldUpBySubscription':
      return [lead('showSubscription', { subscription: cause.subscription })];
    case 'noOperatorGroup':
      return newGroup(namespace, facts);
    case 'severalOperatorGroups':
      return groupActions(cause, namespace, facts);
    case 'modeNotSupported':
      return [...modeActions(cause, namespace, facts), lead('uninstall', {}, false)];
    case 'packageNotFound':
    case 'catalogMissing':
      return [...packageActions(facts), lead('uninstall', {}, false)];
    case 'channelNotFound':
    case 'versionNotFound':
      return [...channelActions(cause, facts), lead('uninstall', {}, false)];
    case 'catalogDead':
      return catalogActions(cause, facts);
    case 'dependencyNotFound':
      return [lead('findDependency', { query: cause.needs })];
    case 'requirementMissing':
      return ['crd', 'api'].includes(cause.requirement)
        ? [lead('findDependency', { query: cause.name }), lead('showEvents')]
        : [lead('showEvents')];
    case 'orphanClusterServiceVersion':
      return deleteVersion(cause.clusterServiceVersion, namespace, facts);
    case 'unpackFailed':
      return [...retryUnpack(says, facts), lead('showEvents')];
    case 'planSuperseded':
    case 'planOrphaned':
    case 'planWithoutStatus':
      return [lead('reviewPlan', { plan: cause.plan })];
    case 'planFailed':
      return [...reinstall(facts), lead('reviewPlan', { plan: cause.plan })];
    case 'planMissing':
    case 'clusterServiceVersionMissing':
      return reinstall(facts);
    case 'apiNotServed':
    case 'servedFromElsewhere':
    case 'apiConflict':
    case 'apisFixed':
      return [lead('uninstall', {}, false)];
    case 'webhookRefused':
    case 'quotaExceeded':
    case 'rightMissing':
      return [
        ...(says.kind === 'InstallPlan' && isFailed(says.name, facts) ? reinstall(facts) : []),
        lead('showEvents'),
      ];
    case 'resolutionConflict':
    case 'deploymentUnavailable':
    case 'upgradeNotAllowed':
    case 'operatorFailed':
      return [lead('showEvents')];
    case 'none':
    case 'slow':
      return [];
  }
}

function planOf(cause: Cause, says: Diagnosis['says']): Action[] {
  const plan = 'plan' in cause ? cause.plan : says.kind === 'InstallPlan' ? says.name : undefined;
  return plan ? [lead('reviewPlan', { plan })] : [lead('showEvents')];
}

function isFailed(plan: string, { installPlans }: Surroundings): boolean {
  return installPlans?.find(({ metadata }) => metadata.name === plan)?.status?.phase === 'Failed';
}

/** OLM resolves the namespace again without the left-over; what it runs stops. */
function deleteVersion(name: string, namespace: string, { clusterServiceVersions }: Surroundings): Action[] {
  const version = clusterServiceVersions?.find(
    ({ metadata }) => metadata.name === name && metadata.namespace === namespace,
  );
  if (!version) return [];
  const { uid } = version.metadata;
  return [
    {
      id: 'deleteClusterServiceVersion',
      safe: false,
      target: name,
      values: { name },
      writes: [{ verb: 'delete', kind: 'ClusterServiceVersion', namespace, name, uid }],
    },
  ];
}

/** OLM makes the Job of a bundle anew once the failed one is gone. */
function retryUnpack(says: Diagnosis['says'], { jobs, pods }: Surroundings): Action[] {
  const pod = says.kind === 'Pod' ? pods?.find(({ metadata }) => metadata.name === says.name) : undefined;
  const name = says.kind === 'Job' ? says.name : pod?.metadata.labels?.['job-name'];
  const job = jobs?.find(
    ({ metadata }) => metadata.name === name && metadata.namespace === says.namespace,
  )?.metadata;
  if (!job) return [];
  const { namespace = '', uid } = job;
  return [
    {
      id: 'retryUnpack',
      safe: true,
      target: job.name,
      values: { name: job.name },
      writes: [{ verb: 'delete', kind: 'Job', namespace, name: job.name, uid }],
    },
  ];
}
