import type { KubeObject, ResourceRef } from '../client/types.ts';

const ref = (group: string, resource: string): ResourceRef => ({ group, version: 'v1', resource });

export const refs = {
  configMaps: ref('', 'configmaps'),
  crds: ref('apiextensions.k8s.io', 'customresourcedefinitions'),
  clusterRoles: ref('rbac.authorization.k8s.io', 'clusterroles'),
  deployments: ref('apps', 'deployments'),
  events: ref('', 'events'),
  jobs: ref('batch', 'jobs'),
  namespaces: ref('', 'namespaces'),
  nodes: ref('', 'nodes'),
  pods: ref('', 'pods'),
  replicaSets: ref('apps', 'replicasets'),
  resourceQuotas: ref('', 'resourcequotas'),
  serviceAccounts: ref('', 'serviceaccounts'),
};

export interface Condition {
  type: string;
  status: string;
  lastTransitionTime?: string;
  lastUpdateTime?: string;
  lastProbeTime?: string | null;
  reason?: string;
  message?: string;
}

export interface Container {
  name: string;
  image: string;
}

export interface PodSpec {
  nodeName?: string;
  nodeSelector?: Record<string, string>;
  restartPolicy?: string;
  initContainers?: Container[];
  containers: Container[];
}

export interface PodTemplate {
  metadata?: { labels?: Record<string, string>; annotations?: Record<string, string> };
  spec: PodSpec;
}

export interface Pod extends KubeObject {
  spec: PodSpec;
  status?: { phase?: string; conditions?: Condition[]; reason?: string };
}

export interface Node extends KubeObject {
  spec?: { unschedulable?: boolean };
  status?: { addresses?: { type: string; address: string }[] };
}

export interface ReplicaSet extends KubeObject {
  spec: { replicas: number; selector: LabelSelector; template: PodTemplate };
  status?: {
    replicas?: number;
    readyReplicas?: number;
    availableReplicas?: number;
    observedGeneration?: number;
    conditions?: Condition[];
  };
}

export interface LabelSelector {
  matchLabels?: Record<string, string>;
  matchExpressions?: unknown[];
}

export interface Deployment extends KubeObject {
  spec: {
    replicas: number;
    paused?: boolean;
    revisionHistoryLimit?: number;
    progressDeadlineSeconds?: number;
    selector: LabelSelector;
    template: PodTemplate;
    strategy?: { type?: string };
  };
  status?: { conditions?: Condition[]; [key: string]: unknown };
}

export interface Job extends KubeObject {
  spec: {
    completions: number;
    parallelism: number;
    backoffLimit: number;
    activeDeadlineSeconds?: number;
    suspend?: boolean;
    template: PodTemplate;
  };
  status?: {
    conditions?: Condition[];
    startTime?: string;
    active?: number;
    succeeded?: number;
    failed?: number;
  };
}

/** Whether `object` is controlled by the owner with that uid. */
export function isControlledBy(object: KubeObject, uid: string | undefined): boolean {
  return (
    object.metadata.ownerReferences?.some((owner) => owner.controller === true && owner.uid === uid) ?? false
  );
}

/** The reference by which a controller marks an object as its own. */
export function controllerReference(owner: KubeObject) {
  const { name = '', uid = '' } = owner.metadata;
  const { apiVersion, kind } = owner;
  return { apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true };
}

/** Keys of the owners of a kind that control an object. */
export function ownerKeys(object: KubeObject, kind: string): string[] {
  const { namespace, ownerReferences = [] } = object.metadata;
  return ownerReferences
    .filter((owner) => owner.controller === true && owner.kind === kind)
    .map((owner) => `${namespace}/${owner.name}`);
}

/** Whether a pod's condition `Ready` holds. */
export function isReady(pod: Pod): boolean {
  return pod.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
}

/** Whether a pod has ended, well or not. */
export function isFinished(pod: Pod): boolean {
  return pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
}
