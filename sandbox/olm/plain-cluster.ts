import type { KubeObject } from '../client/types.ts';
import type { ClusterRuntime } from '../cluster-runtime.ts';
import type { ClusterServiceVersion, OperatorGroup } from './api.ts';
import { createIfAbsent } from './install-crds.ts';
import { refs } from './refs.ts';

const image = 'quay.io/operator-framework/olm:v0.46.0';
const account = 'olm-operator-serviceaccount';

/**
 * What OLM's own installation leaves on a cluster without the platform: a namespace for cluster-wide operators with
 * its group, and in the catalogs' namespace a group and the packageserver, a CSV to which no Subscription belongs.
 */
export async function furnishPlainCluster({ client }: ClusterRuntime, olmNamespace: string): Promise<void> {
  for (const [name, level] of [
    [olmNamespace, 'restricted'],
    ['operators', 'baseline'],
  ] as const) {
    await createIfAbsent(client, refs.namespaces, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name, labels: podSecurity(level) },
    });
  }
  await createIfAbsent(client, refs.operatorGroups, group('global-operators', 'operators', []));
  await createIfAbsent(client, refs.operatorGroups, group('olm-operators', olmNamespace, [olmNamespace]));
  await createIfAbsent(client, refs.serviceAccounts, {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: account, namespace: olmNamespace },
  });
  await createIfAbsent(client, refs.clusterServiceVersions, packageServerCsv(olmNamespace));
  for (const name of ['catalog-operator', 'olm-operator']) {
    await createIfAbsent(client, refs.deployments, operatorDeployment(name, olmNamespace));
  }
}

function podSecurity(level: string): Record<string, string> {
  const modes = { enforce: level, audit: 'restricted', warn: 'restricted' };
  return Object.fromEntries(
    Object.entries(modes).flatMap(([mode, value]) => [
      [`pod-security.kubernetes.io/${mode}`, value],
      [`pod-security.kubernetes.io/${mode}-version`, 'latest'],
    ]),
  );
}

function group(name: string, namespace: string, targetNamespaces: string[]): OperatorGroup {
  return {
    apiVersion: 'operators.coreos.com/v1',
    kind: 'OperatorGroup',
    metadata: { name, namespace },
    spec: targetNamespaces.length === 0 ? {} : { targetNamespaces },
  };
}

/** One of OLM's two operators, whose work the controllers of this folder do. */
function operatorDeployment(name: string, namespace: string): KubeObject {
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { serviceAccountName: account, containers: [{ name, image, resources: {} }] },
      },
    },
  };
}

/** What the packageserver may do. */
const packageServerRules = [
  { apiGroups: ['authorization.k8s.io'], resources: ['subjectaccessreviews'], verbs: ['create', 'get'] },
  { apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list', 'watch'] },
  { apiGroups: ['operators.coreos.com'], resources: ['catalogsources'], verbs: ['get', 'list', 'watch'] },
  { apiGroups: ['packages.operators.coreos.com'], resources: ['packagemanifests'], verbs: ['get', 'list'] },
  {
    apiGroups: ['config.openshift.io'],
    resources: ['apiservers'],
    verbs: ['get'],
    resourceNames: ['cluster'],
  },
];

function packageServerCsv(namespace: string): ClusterServiceVersion {
  const labels = { app: 'packageserver' };
  return {
    apiVersion: 'operators.coreos.com/v1alpha1',
    kind: 'ClusterServiceVersion',
    metadata: { name: 'packageserver', namespace, labels: { 'olm.version': '0.46.0' } },
    spec: {
      displayName: 'Package Server',
      description: 'Serves the packages of all CatalogSources as PackageManifests.',
      version: '0.46.0',
      minKubeVersion: '1.11.0',
      maturity: 'alpha',
      provider: { name: 'Red Hat' },
      keywords: ['packagemanifests', 'olm', 'packages'],
      cleanup: { enabled: false },
      customresourcedefinitions: {},
      apiservicedefinitions: {
        owned: [
          {
            name: 'packagemanifests',
            group: 'packages.operators.coreos.com',
            version: 'v1',
            kind: 'PackageManifest',
            displayName: 'PackageManifest',
            deploymentName: 'packageserver',
          },
        ],
      },
      installModes: ['OwnNamespace', 'SingleNamespace', 'MultiNamespace', 'AllNamespaces'].map((type) => ({
        type,
        supported: true,
      })),
      install: {
        strategy: 'deployment',
        spec: {
          clusterPermissions: [
            {
              serviceAccountName: account,
              rules: packageServerRules,
            },
          ],
          deployments: [
            {
              name: 'packageserver',
              spec: {
                replicas: 2,
                selector: { matchLabels: labels },
                strategy: { type: 'RollingUpdate' },
                template: {
                  metadata: { labels },
                  spec: {
                    serviceAccountName: account,
                    nodeSelector: { 'kubernetes.io/os': 'linux' },
                    containers: [{ name: 'packageserver', image, resources: {} }],
                  },
                },
              },
            },
          ],
        },
      },
    },
  };
}
