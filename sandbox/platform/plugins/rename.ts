import { hasReason } from '../../client/status-error.ts';
import type { OwnerReference } from '../../client/types.ts';
import { changeObject } from '../change.ts';
import { annotations, finalizers, labelOf, labels, type ModuleInfo, refs } from './api.ts';
import type { PluginContext } from './context.ts';
import { finalNameOf, plainDisplayName } from './naming.ts';

/**
 * Moves an installation from the name it was created under to the one the platform gives: the object is created anew
 * with finalizer and owner, and the temporary one deleted. Gives why it can't, when another one stands there already.
 */
export async function rename(context: PluginContext, info: ModuleInfo): Promise<string | undefined> {
  const { client } = context.global;
  const name = finalNameOf(info);
  try {
    await client.create<ModuleInfo>(refs.moduleInfos, renamed(context, info, name));
  } catch (error) {
    if (!hasReason(error, 'AlreadyExists') && !hasReason(error, 'Forbidden')) throw error;
    return `plugin ${labelOf(info, labels.module)} is already installed on cluster ${labelOf(info, labels.cluster)} as moduleinfo ${name}`;
  }
  await dropTemporary(context, info);
  return undefined;
}

function renamed(context: PluginContext, info: ModuleInfo, name: string): ModuleInfo {
  const { labels: given = {}, annotations: notes = {}, finalizers: kept = [] } = info.metadata;
  const owner = ownerOf(context, info);
  // What kubectl noted down was about the object under its temporary name.
  const { 'kubectl.kubernetes.io/last-applied-configuration': _, ...rest } = notes;
  return {
    apiVersion: info.apiVersion,
    kind: info.kind,
    metadata: {
      name,
      labels: given,
      annotations: {
        ...rest,
        [annotations.displayName]: plainDisplayName(info, labelOf(info, labels.module)),
      },
      finalizers: [...new Set([...kept, finalizers.moduleInfo])],
      ...(owner ? { ownerReferences: [owner] } : {}),
    },
    spec: info.spec,
  };
}

async function dropTemporary(context: PluginContext, info: ModuleInfo): Promise<void> {
  const { client } = context.global;
  const key = { name: info.metadata.name ?? '' };
  await changeObject<ModuleInfo>(client, refs.moduleInfos, key, ({ metadata }) => {
    if (!metadata.finalizers?.length) return false;
    metadata.finalizers = [];
    return true;
  });
  try {
    const { uid = '' } = info.metadata;
    await client.delete(refs.moduleInfos, key, { preconditions: { uid } });
  } catch (error) {
    if (!hasReason(error, 'NotFound') && !hasReason(error, 'Conflict')) throw error;
  }
}

/** An installation belongs to the cluster it is for: when that is taken off the platform, it goes too. */
export function ownerOf(context: PluginContext, info: ModuleInfo): OwnerReference | undefined {
  const cluster = context.registered.get({ name: labelOf(info, labels.cluster) });
  const { name, uid } = cluster?.metadata ?? {};
  if (!cluster || !name || !uid) return undefined;
  return { apiVersion: 'platform.tkestack.io/v1', kind: 'Cluster', name, uid };
}

/** Gives an installation that was created under its final name what a renamed one has. */
export async function adopt(context: PluginContext, info: ModuleInfo): Promise<boolean> {
  const owner = ownerOf(context, info);
  let changed = false;
  await changeObject<ModuleInfo>(
    context.global.client,
    refs.moduleInfos,
    { name: info.metadata.name ?? '' },
    ({ metadata }) => {
      if (metadata.deletionTimestamp) return false;
      const known = metadata.finalizers ?? [];
      const owned =
        owner === undefined || metadata.ownerReferences?.some((it) => it.uid === owner.uid) === true;
      changed = !known.includes(finalizers.moduleInfo) || !owned;
      if (!known.includes(finalizers.moduleInfo)) metadata.finalizers = [...known, finalizers.moduleInfo];
      if (owner && !owned) metadata.ownerReferences = [owner];
      return changed;
    },
  );
  return changed;
}
