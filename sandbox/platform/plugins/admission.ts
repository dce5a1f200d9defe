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

const webhook = 'moduleinfo.cluster.alauda.io';

/**
 * The platform's webhook on ModuleInfos. It completes labels and annotations from the ModuleConfig `<plugin>-<version>`
 * (product, life cycle, plain and translated name), and refuses a plugin's second installation on a cluster, a change
 * of plugin or cluster, and the removal of a plugin that is not deleteable.
 */
export function moduleInfoAdmission(client: KubeClient): AdmissionPlugin {
  return {
    name: webhook,
    async mutate(request) {
      const info = moduleInfoOf(request, request.object);
      return info && request.operation !== 'DELETE' ? completed(client, info) : undefined;
    },
    async validate(request) {
      if (request.resource !== refs.moduleInfos.resource || request.subresource) return;
      const { operation } = request;
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
  const labelSelector = `${labels.cluster}=${cluster},${labels.module}=${module}`;
  const { items } = await client.list<ModuleInfo>(refs.moduleInfos, { labelSelector });
  // The renaming controller creates the final name while the temporary one still stands.
  const renaming = info.metadata.name === finalNameOf(info);
  const others = items.filter((it) => it.metadata.name !== info.metadata.name);
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
