import type { KubeObject } from '../client/types.ts';

const free = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
const text = { type: 'string' };

/** The CRD of `clusters.platform.tkestack.io`, whose schema is only as strict as the console's readers need. */
export const clusterDefinition: KubeObject = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'clusters.platform.tkestack.io' },
  spec: {
    group: 'platform.tkestack.io',
    scope: 'Cluster',
    names: { plural: 'clusters', singular: 'cluster', kind: 'Cluster', listKind: 'ClusterList' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        subresources: { status: {} },
        additionalPrinterColumns: [
          { name: 'Type', type: 'string', jsonPath: '.spec.type' },
          { name: 'Version', type: 'string', jsonPath: '.status.version' },
          { name: 'Status', type: 'string', jsonPath: '.status.phase' },
          { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
        ],
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: {
              apiVersion: text,
              kind: text,
              metadata: { type: 'object' },
              spec: {
                ...free,
                properties: {
                  displayName: text,
                  tenantID: text,
                  type: text,
                  version: text,
                  networkType: text,
                },
              },
              status: { ...free, properties: { phase: text, version: text } },
            },
          },
        },
      },
    ],
  },
};
