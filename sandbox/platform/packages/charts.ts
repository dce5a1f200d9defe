import type { ClusterRuntime } from '../../cluster-runtime.ts';
import { systemNamespace } from '../plugins/api.ts';
import { createOnce } from '../users.ts';
import { refs } from './api.ts';
import { readCharts } from './content.ts';

/** Makes the platform's chart repository and the charts in it, named `<chart>.<repository>`. */
export async function createCharts(global: ClusterRuntime): Promise<void> {
  const { repository, charts } = await readCharts();
  await createOnce(global, refs.chartRepos, {
    apiVersion: 'app.alauda.io/v1beta1',
    kind: 'ChartRepo',
    metadata: { name: repository.name, namespace: systemNamespace },
    spec: { type: repository.type, url: repository.url },
    status: { phase: 'Synced' },
  });
  const { host, pathname } = new URL(repository.url);
  for (const { name, description, indexed, versions } of charts) {
    const urlOf = (version: string) =>
      indexed ? `charts/${name}-${version}.tgz` : `oci://${host}${pathname}/${name}:${version}`;
    await createOnce(global, refs.charts, {
      apiVersion: 'app.alauda.io/v1beta1',
      kind: 'Chart',
      metadata: {
        name: `${name}.${repository.name}`,
        namespace: systemNamespace,
        labels: { repo: repository.name },
      },
      spec: {
        versions: versions.map((entry) => ({ name, description, ...entry, urls: [urlOf(entry.version)] })),
      },
    });
  }
}
