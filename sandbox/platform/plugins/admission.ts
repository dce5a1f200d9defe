import type { AdmissionPlugin, AdmissionRequest } from '../../apiserver/extension.ts';
import { denied } from '../../apiserver/status.ts';
import type { KubeClient } from '../../client/kube-client.ts';
import type { KubeObject } from '../../client/types.ts';
import {
  annotations,
  labelOf,
  labels,
  type ModuleConfig,
  type ModuleInfo,
  type ModulePlugin,
  refs,
} from './api.ts';
import { finalNameOf, moduleConfigName, plainDisplayName } from './naming.ts';

const webhook = 'plugins.cluster.alauda.io';
const specNeeded = new Set([
  refs.modulePlugins.resource,
  refs.moduleConfigs.resource,
  refs.moduleInfos.resource,
]);

/**
 * The platform's webhook on the plugin kinds. It completes a ModuleInfo's labels and annotations from the ModuleConfig `<plugin>-<version>`
 * (product, life cycle, plain and translated name), and refuses a plugin's second installation on a cluster, a change
 * of plugin or cluster, and the removal of a plugin that is not deleteable.
 */
export function pluginAdmission(client: KubeClient): AdmissionPlugin {
  return {
    name: webhook,
    async mutate(request) {
      const info = moduleInfoOf(request, request.object);
      return info && request.operation !== 'DELETE' && hasSpec(info) ? completed(client, info) : undefined;
    },
    async validate(request) {
      const { operation, group, resource } = request;
      if (group === refs.moduleInfos.group && specNeeded.has(resource)) refuseSpecless(request);
      const object = moduleInfoOf(request, request.object);
      const old = moduleInfoOf(request, request.oldObject);
      if (operation === 'CREATE' && object) await refuseSecond(client, object);
      if (operation === 'UPDATE' && object && old) refuseMove(object, old);
      if (operation === 'DELETE' && old) await refuseUndeleteable(client, old);
    },
  };
}

function moduleInfoOf(request: AdmissionRequest, object: KubeObject | undefined): ModuleInfo | undefined {
  const { group, resource, subresource } = request;
  if (group !== refs.moduleInfos.group || resource !== refs.moduleInfos.resource || subresource)
    return undefined;
  return object as ModuleInfo | undefined;
}

/** The CRDs leave the spec optional; the platform can do nothing with an object that has none. */
function refuseSpecless({ object, subresource, resource }: AdmissionRequest): void {
  if (object && !subresource && !hasSpec(object)) throw denied(webhook, `a spec is required in ${resource}`);
}

function hasSpec({ spec }: KubeObject): boolean {
  return typeof spec === 'object' && spec !== null;
}

async function completed(client: KubeClient, info: ModuleInfo): Promise<ModuleInfo | undefined> {
  const module = labelOf(info, labels.module);
  if (module === '' || info.metadata.deletionTimestamp) return undefined;
  const name = moduleConfigName(module, info.spec.version);
  const config = await client.find<ModuleConfig>(refs.moduleConfigs, { name });
  const translated = config?.metadata.annotations?.[annotations.displayName];
  const inherited = [labels.product, labels.lifecycle].flatMap((key) => {
    const value = config ? labelOf(config, key) : '';
    return value === '' ? [] : [[key, value]];
  });
  return {
    ...info,
    metadata: {
      ...info.metadata,
      labels: { ...info.metadata.labels, ...Object.fromEntries(inherited) },
      annotations: {
        ...info.metadata.annotations,
        [annotations.displayName]: plainDisplayName(info, module),
        ...(translated ? { [annotations.moduleName]: translated } : {}),
      },
    },
  };
}

async function refuseSecond(client: KubeClient, info: ModuleInfo): Promise<void> {
  const cluster = labelOf(info, labels.cluster);
  const module = labelOf(info, labels.module);
  if (cluster === '' || module === '') return;
  // Filtered here: the labels of a new object may not even be fit for a selector.
  const { items } = await client.list<ModuleInfo>(refs.moduleInfos);
  const others = items.filter(
    (it) =>
      it.metadata.name !== info.metadata.name &&
      labelOf(it, labels.cluster) === cluster &&
      labelOf(it, labels.module) === module,
  );
  // The renaming controller creates the final name while the temporary one still stands.
  const renaming = info.metadata.name === finalNameOf(info);
  const inTheWay = renaming ? others.find((it) => it.metadata.name === finalNameOf(it)) : others[0];
  if (inTheWay) {
    const where = `plugin ${module} is already installed on cluster ${cluster}`;
    throw denied(webhook, `${where} as moduleinfo ${inTheWay.metadata.name}`);
  }
}

function refuseMove(info: ModuleInfo, old: ModuleInfo): void {
  for (const key of [labels.cluster, labels.module]) {
    const [before, after] = [labelOf(old, key), labelOf(info, key)];
    if (before !== '' && before !== after) {
      throw denied(webhook, `label ${key} of an installation can't be changed (it is ${before})`);
    }
  }
}

async function refuseUndeleteable(client: KubeClient, info: ModuleInfo): Promise<void> {
  if (info.metadata.name !== finalNameOf(info)) return;
  const name = labelOf(info, labels.module);
  const plugin = await client.find<ModulePlugin>(refs.modulePlugins, { name });
  if (plugin?.spec.deleteable === false && (info.status?.version ?? '') !== '') {
    throw denied(webhook, `plugin ${name} can't be uninstalled (deleteable is false)`);
  }
}
