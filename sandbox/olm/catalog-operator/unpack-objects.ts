import type { KubeObject, ObjectKey, ResourceRef } from '../../client/types.ts';
import type { CatalogSource, Condition } from '../api.ts';
import { refs } from '../refs.ts';

const managed = { 'olm.managed': 'true' };
const architectures = ['amd64', 'arm64', 'ppc64le', 's390x'];

/** How long a finished unpack Job stays. */
export const jobTimeToLiveSeconds = 300;

export interface Job extends KubeObject {
  status?: { conditions?: Condition[] };
}

/** The ConfigMap that will hold a bundle, and the ServiceAccount with which the Job may fill it. */
export function unpackObjects(
  { namespace = '', name }: ObjectKey,
  source: CatalogSource,
): [KubeObject, ...{ ref: ResourceRef; object: KubeObject }[]] {
  const metadata = { name, namespace, labels: { ...managed } };
  const rbac = 'rbac.authorization.k8s.io/v1';
  return [
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        ...metadata,
        labels: { ...managed, 'operatorframework.io/bundle-unpack-ref': name },
        ownerReferences: [
          {
            apiVersion: 'operators.coreos.com/v1alpha1',
            kind: 'CatalogSource',
            name: source.metadata.name ?? '',
            uid: source.metadata.uid ?? '',
            controller: false,
            blockOwnerDeletion: false,
          },
        ],
      },
    },
    {
      ref: refs.serviceAccounts,
      object: { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
    },
    {
      ref: refs.roles,
      object: {
        apiVersion: rbac,
        kind: 'Role',
        metadata,
        rules: [
          {
            apiGroups: [''],
            resources: ['configmaps'],
            verbs: ['create', 'get', 'update'],
            resourceNames: [name],
          },
        ],
      },
    },
    {
      ref: refs.roleBindings,
      object: {
        apiVersion: rbac,
        kind: 'RoleBinding',
        metadata,
        subjects: [{ kind: 'ServiceAccount', name, namespace }],
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      },
    },
  ];
}

/** The Job whose pod pulls the bundle image and writes its manifests into the ConfigMap. */
export function unpackJob(
  { namespace = '', name }: ObjectKey,
  image: string,
  configMap: KubeObject,
  timeoutSeconds: number,
): Job {
  const labels = { ...managed, 'operatorframework.io/bundle-unpack-ref': name };
  const container = {
    resources: { requests: { cpu: '10m', memory: '50Mi' } },
    terminationMessagePolicy: 'FallbackToLogsOnError',
    securityContext: {
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
      allowPrivilegeEscalation: false,
    },
  };
  const mount = (volume: string) => ({ name: volume, mountPath: `/${volume}` });
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name,
      namespace,
      labels,
      ownerReferences: [
        {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          name,
          uid: configMap.metadata.uid ?? '',
          controller: false,
          blockOwnerDeletion: false,
        },
      ],
    },
    spec: {
      parallelism: 1,
      completions: 1,
      activeDeadlineSeconds: timeoutSeconds,
      backoffLimit: 3,
      ttlSecondsAfterFinished: jobTimeToLiveSeconds,
      template: {
        metadata: { name, labels },
        spec: {
          restartPolicy: 'Never',
          serviceAccountName: name,
          nodeSelector: { 'kubernetes.io/os': 'linux' },
          securityContext: {
            runAsUser: 1001,
            runAsNonRoot: true,
            seccompProfile: { type: 'RuntimeDefault' },
          },
          tolerations: [
            ...architectures.map((value) => ({ key: 'kubernetes.io/arch', operator: 'Equal', value })),
            { key: 'node-role.kubernetes.io/master', operator: 'Exists', effect: 'NoSchedule' },
          ],
          volumes: ['bundle', 'util'].map((volume) => ({ name: volume, emptyDir: {} })),
          initContainers: [
            {
              name: 'util',
              image: 'quay.io/operator-framework/olm:v0.46.0',
              command: ['/bin/cp', '-Rv', '/bin/cpb', '/util/cpb'],
              volumeMounts: [mount('util')],
              imagePullPolicy: 'IfNotPresent',
              ...container,
            },
            {
              name: 'pull',
              image,
              command: ['/util/cpb', '/bundle'],
              volumeMounts: [mount('bundle'), mount('util')],
              imagePullPolicy: 'Always',
              ...container,
            },
          ],
          containers: [
            {
              name: 'extract',
              image: 'quay.io/operator-framework/opm:latest',
              command: [
                'opm',
                'alpha',
                'bundle',
                'extract',
                '-m',
                '/bundle/',
                '-n',
                namespace,
                '-c',
                name,
                '-z',
              ],
              env: [{ name: 'CONTAINER_IMAGE', value: image }],
              volumeMounts: [mount('bundle')],
              imagePullPolicy: 'Always',
              ...container,
            },
          ],
        },
      },
    },
  };
}
