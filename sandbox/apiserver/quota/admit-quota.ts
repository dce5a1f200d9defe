import type { KubeObject } from '../../client/types.ts';
import { now } from '../../now.ts';
import type { Call } from '../core.ts';
import { recordUpdate } from '../fields/managed-fields.ts';
import { isObject } from '../json.ts';
import { forbidden } from '../status.ts';
import type { Amounts } from './pod-resources.ts';
import { add, zero } from './quantity.ts';
import { amountsAt, isInScope, written } from './quota.ts';
import { missingResources, usageOf } from './usage.ts';

/** A quota with what it will have given out once the write is stored. */
interface Charge {
  quota: KubeObject;
  used: Amounts;
}

/**
 * The ResourceQuota admission plugin: a namespace's quotas must have room for what an object takes (`old` is what stood
 * there before). Nothing is stored; `commitCharges` does that when the write is certain.
 * @throws 403 naming the first quota that has none
 */
export function chargesFor(call: Call, object: KubeObject, old: KubeObject | undefined): Charge[] {
  const { resource, info } = call;
  if (!resource.namespaced || !info.namespace || (old && !changesUsage(call))) return [];
  const quotas = quotasIn(call, info.namespace);
  if (quotas.length === 0) return [];
  const wanted = difference(usageOf(resource.storage, object), old && usageOf(resource.storage, old));
  return quotas
    .filter((quota) => isInScope(quota, resource.storage, object))
    .flatMap((quota) => charge(call, quota, object, wanted) ?? []);
}

/** Objects whose use can grow when they change. */
function changesUsage({ info, resource }: Call): boolean {
  const { group, resource: plural } = resource.storage;
  return !info.subresource && group === '' && (plural === 'services' || plural === 'persistentvolumeclaims');
}

function quotasIn({ core }: Call, namespace: string): KubeObject[] {
  const quotas = core.store.collection('', 'resourcequotas');
  return quotas.size === 0
    ? []
    : quotas.sorted(namespace).filter(({ metadata }) => !metadata.deletionTimestamp);
}

function difference(wanted: Amounts, before: Amounts | undefined): Amounts {
  if (!before) return wanted;
  const grown: Amounts = new Map();
  for (const [name, { nanos, binary }] of wanted) {
    const more = nanos - (before.get(name)?.nanos ?? 0n);
    if (more !== 0n) grown.set(name, { nanos: more, binary });
  }
  return grown;
}

function charge(call: Call, quota: KubeObject, object: KubeObject, wanted: Amounts): Charge | undefined {
  const { resource } = call;
  const quotaName = quota.metadata.name ?? '';
  const hard = amountsAt(quota, 'status', 'hard');
  const used = amountsAt(quota, 'status', 'used');
  if (resource.storage.group === '' && resource.storage.resource === 'pods') {
    const missing = missingResources(object, hard.keys());
    if (missing) throw forbidden(resource, object.metadata.name, `failed quota: ${quotaName}: ${missing}`);
  }
  const requested: Amounts = new Map([...wanted].filter(([name]) => hard.has(name)));
  if (requested.size === 0) return undefined;
  const exceeded = new Set<string>();
  const after: Amounts = new Map(used);
  for (const [name, quantity] of requested) {
    const sum = add(used.get(name) ?? zero, quantity);
    after.set(name, sum);
    if (quantity.nanos > 0n && sum.nanos > (hard.get(name) ?? zero).nanos) exceeded.add(name);
  }
  if (exceeded.size === 0) return { quota, used: after };
  const list = (amounts: Amounts) =>
    Object.entries(written(amounts))
      .filter(([name]) => exceeded.has(name))
      .map(([name, quantity]) => `${name}=${quantity}`)
      .join(',');
  const why = `exceeded quota: ${quotaName}, requested: ${list(requested)}, used: ${list(used)}, limited: ${list(hard)}`;
  throw forbidden(resource, object.metadata.name, why);
}

/** Writes what the quotas have given out, in the name of the API server. */
export function commitCharges({ core }: Call, charges: Charge[]): void {
  const resource = core.registry.find('', 'v1', 'resourcequotas');
  for (const { quota, used } of charges) {
    if (!resource) return;
    const status = { ...(isObject(quota.status) ? quota.status : {}), used: written(used) };
    const next = { ...quota, status };
    const writer = { manager: 'kube-apiserver', subresource: 'status', time: now() };
    const managedFields = recordUpdate(quota, next, writer, resource);
    core.store.put('', 'resourcequotas', { ...next, metadata: { ...next.metadata, managedFields } });
  }
}
