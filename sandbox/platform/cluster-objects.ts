import type { KubeObject, ResourceRef } from '../client/types.ts';
import type { ClusterRuntime } from '../cluster-runtime.ts';
import { now } from '../now.ts';
import type { ClusterContent } from './cluster-content.ts';
import { createOnce } from './users.ts';

const core = (resource: string): ResourceRef => ({ group: '', version: 'v1', resource });
const storageClasses: ResourceRef = { group: 'storage.k8s.io', version: 'v1', resource: 'storageclasses' };

/** Makes what a cluster has before anything is installed: nodes, namespaces, storage classes, and the platform's facts about itself. */
export async function createClusterObjects(
  cluster: ClusterRuntime,
  content: ClusterContent,
  registry?: { address: string; layout?: string },
): Promise<void> {
  for (const node of content.nodes) await createOnce(cluster, core('nodes'), nodeObject(node, content));
  for (const storageClass of content.storageClasses) {
    await createOnce(cluster, storageClasses, storageClassObject(storageClass));
  }
  if (cluster.plain) return;
  for (const name of content.namespaces) {
    await createOnce(cluster, core('namespaces'), {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
    });
  }
  await createOnce(cluster, core('configmaps'), globalInfo(content, registry));
}

function nodeObject(
  { name, address, role }: ClusterContent['nodes'][number],
  content: ClusterContent,
): KubeObject {
  const since = now();
  const capacity = { cpu: '8', memory: '32Gi', pods: '110', 'ephemeral-storage': '200Gi' };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'kubernetes.io/arch': content.architecture,
        ...(role ? { [`node-role.kubernetes.io/${role}`]: '' } : {}),
      },
    },
    spec: {},
    status: {
      capacity,
      allocatable: capacity,
      addresses: [
        { type: 'InternalIP', address },
        { type: 'Hostname', address: name },
      ],
      conditions: [
        {
          type: 'Ready',
          status: 'True',
          reason: 'KubeletReady',
          message: 'kubelet is posting ready status',
          lastHeartbeatTime: since,
          lastTransitionTime: since,
        },
      ],
      nodeInfo: {
        architecture: content.architecture,
        operatingSystem: 'linux',
        osImage: 'Sandbox Linux',
        kernelVersion: '6.6.0',
        containerRuntimeVersion: 'containerd://2.0.5',
        kubeletVersion: content.gitVersion,
        kubeProxyVersion: content.gitVersion,
        machineID: name,
        systemUUID: name,
        bootID: name,
      },
    },
  };
}

function storageClassObject({
  name,
  provisioner,
  isDefault,
}: ClusterContent['storageClasses'][number]): KubeObject {
  const annotations = { 'storageclass.kubernetes.io/is-default-class': 'true' };
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name, ...(isDefault ? { annotations } : {}) },
    provisioner,
    allowVolumeExpansion: true,
  };
}

/**
 * The ConfigMap in which the platform tells clients where its registry is. A registry that is a folder of this machine
 * is told beside its name: the platform knows no such thing.
 */
function globalInfo(
  content: ClusterContent,
  registry: { address: string; layout?: string } = { address: 'registry.sandbox.example:11443' },
): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'global-info', namespace: 'kube-public' },
    data: {
      clusterName: content.name,
      labelBaseDomain: 'cpaas.io',
      platformVersion: content.platformVersion,
      registryAddress: registry.address,
      ...(registry.layout ? { registryLayout: registry.layout } : {}),
    },
  };
}
