import type { Stuck } from '../../installed-contract';
import type { Cause, Diagnosis, PodTrouble, RequirementKind, Stage } from './cause';

type Sentence = Pick<Stuck, 'key' | 'values'>;

/** A diagnosis for the wire: the key of its sentence, what to put into it, and who says so. */
export function stuckOf({ cause, since, says, detail }: Diagnosis): Stuck {
  const { kind, namespace, name } = says;
  return { ...sentenceOf(cause), since, says: { kind, namespace, name }, detail };
}

/** The sentence for a cause. What a list names is put in a row. */
export function sentenceOf(cause: Cause): Sentence {
  switch (cause.id) {
    case 'slow':
      return { key: (cause.overdue ? overdue : slow)[cause.stage], values: {} };
    case 'waitsForApproval':
      return { key: waitsFor(cause), values: valuesOf(cause) };
    case 'catalogDead':
      return { key: cause.own ? 'catalogDead' : 'otherCatalogDead', values: valuesOf(cause) };
    case 'catalogMissing':
      return { key: cause.elsewhere ? 'catalogElsewhere' : 'catalogMissing', values: valuesOf(cause) };
    case 'channelNotFound':
      // A list does not read which channels there are.
      return {
        key: cause.channels.length > 0 ? 'channelNotFound' : 'noSuchChannel',
        values: valuesOf(cause),
      };
    case 'unpackFailed':
      return { key: cause.image ? 'unpackFailedImage' : 'unpackFailed', values: valuesOf(cause) };
    case 'quotaExceeded':
      return { key: cause.unspecified ? 'quotaUnspecified' : 'quotaExceeded', values: valuesOf(cause) };
    case 'webhookRefused':
      return { key: cause.unreachable ? 'webhookUnreachable' : 'webhookRefused', values: valuesOf(cause) };
    case 'requirementMissing':
      return { key: requirements[cause.requirement], values: { needs: '', ...valuesOf(cause) } };
    case 'deploymentUnavailable':
      // The kubelet does not always name the image that it can't pull.
      return { key: deployments[cause.why], values: { image: '', ...valuesOf(cause) } };
    default:
      return { key: cause.id, values: valuesOf(cause) };
  }
}

function waitsFor({ others, becauseOf }: Extract<Cause, { id: 'waitsForApproval' }>): Stuck['key'] {
  if (becauseOf) return others.length > 0 ? 'waitsForApprovalBecauseWith' : 'waitsForApprovalBecause';
  return others.length > 0 ? 'waitsForApprovalWith' : 'waitsForApproval';
}

const slow: Record<Stage, Stuck['key']> = {
  resolving: 'slowResolving',
  unpacking: 'slowUnpacking',
  planning: 'slowPlanning',
  executing: 'slowExecuting',
  requirements: 'slowRequirements',
  deploying: 'slowDeploying',
  uninstalling: 'slowUninstalling',
};

const overdue: Record<Stage, Stuck['key']> = {
  resolving: 'overdueResolving',
  unpacking: 'overdueUnpacking',
  planning: 'overduePlanning',
  executing: 'overdueExecuting',
  requirements: 'overdueRequirements',
  deploying: 'overdueDeploying',
  uninstalling: 'overdueUninstalling',
};

const requirements: Record<RequirementKind, Stuck['key']> = {
  crd: 'requirementCrd',
  unservedCrd: 'requirementUnservedCrd',
  api: 'requirementApi',
  right: 'requirementRight',
  serviceAccount: 'requirementServiceAccount',
  groupServiceAccount: 'requirementServiceAccount',
  kubernetesVersion: 'requirementKubernetesVersion',
  other: 'requirementOther',
};

const deployments: Record<PodTrouble, Stuck['key']> = {
  imagePull: 'deploymentImagePull',
  crash: 'deploymentCrash',
  outOfMemory: 'deploymentOutOfMemory',
  configuration: 'deploymentConfiguration',
  unschedulable: 'deploymentUnschedulable',
  volume: 'deploymentVolume',
  probe: 'deploymentProbe',
  evicted: 'deploymentEvicted',
  refused: 'deploymentRefused',
  noPods: 'deploymentNoPods',
  notReady: 'deploymentNotReady',
};

function valuesOf({ id: _, ...facts }: Cause): Record<string, string> {
  const entries = Object.entries(facts).flatMap(([name, value]): [string, string][] => {
    if (Array.isArray(value)) return [[name, value.join(', ')]];
    return typeof value === 'string' ? [[name, value]] : [];
  });
  return Object.fromEntries(entries);
}
