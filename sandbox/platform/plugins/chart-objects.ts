import type { KubeObject } from '../../client/types.ts';
import { type AppRelease, labelOf, labels } from './api.ts';
import { specHash } from './naming.ts';

/** On what a chart made: the key (`namespace/name`) of its AppRelease. */
export const releaseAnnotation = 'cpaas.io/app-release';
const valuesAnnotation = 'cpaas.io/values-hash';
const registry = 'registry.alauda.cn:60080';

/**
 * What the sandbox makes of a chart: one Deployment, named after the release, whose pods change with the chart's
 * version and with the values. It goes when its AppRelease goes.
 */
export function chartDeployment(
  release: AppRelease,
  chart: { name: string; releaseName: string; targetRevision: string },
  namespace: string,
): KubeObject {
  const { name = '', namespace: home = '', uid = '' } = release.metadata;
  const selector = { 'app.kubernetes.io/instance': chart.releaseName };
  const module = labelOf(release, labels.module);
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: chart.releaseName,
      namespace,
      labels: {
        ...selector,
        'app.kubernetes.io/managed-by': 'sentry',
        ...(module ? { [labels.module]: module } : {}),
      },
      annotations: { [releaseAnnotation]: `${home}/${name}` },
      ownerReferences: [
        {
          apiVersion: release.apiVersion,
          kind: release.kind,
          name,
          uid,
          controller: true,
          blockOwnerDeletion: false,
        },
      ],
    },
    spec: {
      replicas: 1,
      selector: { matchLabels: selector },
      template: {
        metadata: {
          labels: selector,
          annotations: { [valuesAnnotation]: specHash(release.spec.values ?? {}) },
        },
        spec: {
          containers: [{ name: 'main', image: `${registry}/${imageOf(chart.name)}:${chart.targetRevision}` }],
        },
      },
    },
  };
}

/** `ait/chart-web-cli` runs the image `ait/web-cli`. */
function imageOf(chart: string): string {
  return chart.replace(/(^|\/)chart-/, '$1');
}
