const OLM = 'operators.coreos.com';

/** Objects as somebody writes them for `kubectl create`, who knows OLM and not the console. */
export const namespace = (name: string, labels: Record<string, string> = {}) =>
  JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } });

export const operatorGroup = (
  name: string,
  within: string,
  { watches, annotations = {} }: { watches?: string[]; annotations?: Record<string, string> } = {},
) =>
  JSON.stringify({
    apiVersion: `${OLM}/v1`,
    kind: 'OperatorGroup',
    metadata: { name, namespace: within, annotations },
    spec: watches ? { targetNamespaces: watches } : {},
  });

export const subscription = (name: string, within: string, spec: object = {}) =>
  JSON.stringify({
    apiVersion: `${OLM}/v1alpha1`,
    kind: 'Subscription',
    metadata: { name, namespace: within },
    spec: {
      name,
      channel: 'stable',
      source: 'platform',
      sourceNamespace: 'cpaas-system',
      installPlanApproval: 'Automatic',
      ...spec,
    },
  });

/** An operator that somebody has put there by hand: it needs an API, and has no Subscription and no Deployment. */
export const needyVersion = (name: string, within: string, required: { name: string; kind: string }) =>
  JSON.stringify({
    apiVersion: `${OLM}/v1alpha1`,
    kind: 'ClusterServiceVersion',
    metadata: { name, namespace: within },
    spec: {
      displayName: within,
      version: '1.0.0',
      installModes: [{ type: 'AllNamespaces', supported: true }],
      install: { strategy: 'deployment', spec: { deployments: [] } },
      customresourcedefinitions: { required: [{ ...required, version: 'v1' }] },
    },
  });

export const definition = (plural: string, group: string, kind: string) =>
  JSON.stringify({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { plural, singular: kind.toLowerCase(), kind, listKind: `${kind}List` },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
        },
      ],
    },
  });

export const quota = (name: string, within: string, pods: string) =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name, namespace: within },
    spec: { hard: { pods } },
  });

/** A webhook whose Service is gone, in the way of every ServiceAccount of the namespaces with this label. */
export const deadWebhook = (name: string, webhook: string, matchLabels: Record<string, string>) =>
  JSON.stringify({
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata: { name },
    webhooks: [
      {
        name: webhook,
        admissionReviewVersions: ['v1'],
        sideEffects: 'None',
        clientConfig: { service: { namespace: 'gone', name: 'guard' } },
        namespaceSelector: { matchLabels },
        rules: [
          { operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['serviceaccounts'] },
        ],
      },
    ],
  });

/** A CatalogSource at an address where nothing is. */
export const deadCatalog = (name: string) =>
  JSON.stringify({
    apiVersion: `${OLM}/v1alpha1`,
    kind: 'CatalogSource',
    metadata: { name, namespace: 'cpaas-system' },
    spec: { sourceType: 'grpc', address: '192.0.2.1:50051' },
  });
