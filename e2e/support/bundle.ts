import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';

const group = 'mysql.middleware.alauda.io';

/**
 * Writes the folder of an operator bundle (`registry+v1`) of the operator that the sandbox's platform knows as Absent,
 * the way an operator's build leaves it.
 */
export async function writeBundle(folder: string, version: string, replaces?: string): Promise<void> {
  const prefix = 'operators.operatorframework.io.bundle.';
  const files: Record<string, unknown> = {
    'metadata/annotations.yaml': {
      annotations: {
        [`${prefix}mediatype.v1`]: 'registry+v1',
        [`${prefix}manifests.v1`]: 'manifests/',
        [`${prefix}metadata.v1`]: 'metadata/',
        [`${prefix}package.v1`]: 'mysql-operator',
        [`${prefix}channels.v1`]: 'stable',
        [`${prefix}channel.default.v1`]: 'stable',
      },
    },
    'manifests/mysql-operator.clusterserviceversion.yaml': csv(version, replaces),
    'manifests/mysqls.crd.yaml': crd,
  };
  for (const [path, content] of Object.entries(files)) {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), stringify(content));
  }
}

const csv = (version: string, replaces?: string) => ({
  apiVersion: 'operators.coreos.com/v1alpha1',
  kind: 'ClusterServiceVersion',
  metadata: {
    name: `mysql-operator.v${version}`,
    namespace: 'placeholder',
    labels: { 'operatorframework.io/arch.amd64': 'supported', 'operatorframework.io/os.linux': 'supported' },
    annotations: {
      categories: 'Database',
      description: 'MySQL with replication and backup.',
      provider: '{"zh":"Alauda","en":"Alauda"}',
      'provider-type': 'platform',
      'operatorframework.io/suggested-namespace': 'mysql-operator',
    },
  },
  spec: {
    displayName: 'Alauda Application Services for MySQL',
    description: 'MySQL with replication and backup.',
    version,
    ...(replaces ? { replaces } : {}),
    provider: { name: 'Alauda' },
    installModes: ['OwnNamespace', 'SingleNamespace', 'MultiNamespace', 'AllNamespaces'].map((type) => ({
      type,
      supported: type === 'AllNamespaces' || type === 'OwnNamespace',
    })),
    customresourcedefinitions: {
      owned: [{ name: `mysqls.${group}`, kind: 'Mysql', version: 'v1', displayName: 'MySQL' }],
    },
    install: {
      strategy: 'deployment',
      spec: {
        deployments: [
          {
            name: 'mysql-operator',
            spec: {
              replicas: 1,
              selector: { matchLabels: { app: 'mysql-operator' } },
              template: {
                metadata: { labels: { app: 'mysql-operator' } },
                spec: {
                  serviceAccountName: 'mysql-operator',
                  containers: [
                    { name: 'manager', image: `registry.alauda.cn/middleware/mysql-operator:v${version}` },
                  ],
                },
              },
            },
          },
        ],
        clusterPermissions: [
          {
            serviceAccountName: 'mysql-operator',
            rules: [{ apiGroups: [group], resources: ['*'], verbs: ['*'] }],
          },
        ],
      },
    },
    relatedImages: [],
  },
});

const crd = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `mysqls.${group}` },
  spec: {
    group,
    scope: 'Namespaced',
    names: { kind: 'Mysql', listKind: 'MysqlList', plural: 'mysqls', singular: 'mysql' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
      },
    ],
  },
};
