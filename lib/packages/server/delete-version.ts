import 'server-only';
import type { KubeClient } from '@/lib/kube/client';
import { ProblemError } from '@/lib/kube/problem';
import type { KubeObject } from '@/lib/kube/types';
import { field, list } from '@/lib/operators/rules/untrusted';
import { moduleConfigs, modulePlugins } from '@/lib/plugins/refs';
import { moduleNameOf, moduleVersionOf } from '@/lib/plugins/rules/labels';
import type { ModuleConfigObject, ModulePluginObject } from '@/lib/plugins/rules/objects';
import type { DeleteVersion } from '../list-contract';
import { artifactVersions, charts, uploadNamespace } from '../refs';
import { wasUploaded } from '../rules/uploaded-charts';
import { namedVersion } from '../rules/uploaded-plugins';

/**
 * Deletes an uploaded version: the ArtifactVersion of an operator on its cluster, the ModuleConfig of a plugin or the
 * entry of a chart on global. The only version of a plugin takes its ModulePlugin along, from which the platform would
 * make it again. Images stay in the registry; what is installed keeps running.
 * @throws ProblemError `conflict` for the version that a ModulePlugin with other versions names, and for one of a chart
 * that the index of the repository lists
 */
export async function deleteVersion(kube: KubeClient, version: DeleteVersion): Promise<void> {
  const { object } = version;
  if (version.type === 'chart') await deleteChartVersion(kube, object, version.version);
  else if (version.type === 'plugin') await deletePluginVersion(kube, object);
  else await kube.delete(artifactVersions, object, { namespace: uploadNamespace });
}

async function deletePluginVersion(kube: KubeClient, object: string): Promise<void> {
  const config = await kube.get<ModuleConfigObject>(moduleConfigs, object);
  const name = moduleNameOf(config);
  const [plugins, configs] = await Promise.all([
    kube.list<ModulePluginObject>(modulePlugins),
    kube.list<ModuleConfigObject>(moduleConfigs),
  ]);
  const plugin = plugins.items.find((candidate) => moduleNameOf(candidate) === name);
  const others = configs.items.filter(
    (other) => other.metadata.name !== object && moduleNameOf(other) === name,
  );
  if (plugin && others.length > 0 && namedVersion(plugin) === moduleVersionOf(config)) {
    throw new ProblemError(
      'conflict',
      `ModulePlugin "${plugin.metadata.name}" names this version, from which the platform would make it again. Upload another version first.`,
      { cluster: kube.cluster, verb: 'delete', resource: 'moduleconfigs.cluster.alauda.io', name: object },
    );
  }
  if (plugin && others.length === 0) await kube.delete(modulePlugins, plugin.metadata.name);
  await kube.delete(moduleConfigs, object);
}

async function deleteChartVersion(kube: KubeClient, object: string, version: string): Promise<void> {
  const options = { namespace: uploadNamespace };
  const { metadata, spec } = await kube.get<KubeObject>(charts, object, options);
  const versions = list(field(spec, 'versions'), (entry) => ({ entry }), 1000).map(({ entry }) => entry);
  const at = versions.findIndex((entry) => field(entry, 'version') === version);
  const place = { cluster: kube.cluster, verb: 'patch', resource: 'charts.app.alauda.io', name: object };
  if (at < 0) throw new ProblemError('not-found', `Chart "${object}" has no version ${version}.`, place);
  if (!wasUploaded(versions[at])) {
    throw new ProblemError(
      'conflict',
      `Version ${version} is in the index of the chart repository, from which the platform would list it again. Remove it there.`,
      place,
    );
  }
  if (versions.length === 1) {
    const { resourceVersion } = metadata;
    await kube.delete(charts, object, { ...options, ...(resourceVersion ? { resourceVersion } : {}) });
    return;
  }
  const path = `/spec/versions/${at}`;
  const operations = [
    { op: 'test', path: `${path}/version`, value: version },
    { op: 'remove', path },
  ] as const;
  await kube.jsonPatch(charts, object, [...operations], options);
}
