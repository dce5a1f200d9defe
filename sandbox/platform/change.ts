import type { KubeClient } from '../client/kube-client.ts';
import { hasReason } from '../client/status-error.ts';
import type { KubeObject, ObjectKey, ResourceRef } from '../client/types.ts';

const fieldManager = 'cluster-transformer';
const attempts = 10;

/**
 * Reads the object, lets `change` edit its status and writes that back, again from the start when another writer came
 * between. `change` returns false when there is nothing to write. Gives the latest object, `undefined` when it is gone.
 */
export function changeStatus<T extends KubeObject>(
  client: KubeClient,
  ref: ResourceRef,
  key: ObjectKey,
  change: (object: T) => boolean,
): Promise<T | undefined> {
  return changing(client, ref, key, change, (object) => client.updateStatus(ref, object, { fieldManager }));
}

/** Like `changeStatus`, for metadata and spec. */
export function changeObject<T extends KubeObject>(
  client: KubeClient,
  ref: ResourceRef,
  key: ObjectKey,
  change: (object: T) => boolean,
): Promise<T | undefined> {
  return changing(client, ref, key, change, (object) => client.update(ref, object, { fieldManager }));
}

async function changing<T extends KubeObject>(
  client: KubeClient,
  ref: ResourceRef,
  key: ObjectKey,
  change: (object: T) => boolean,
  write: (object: T) => Promise<T>,
): Promise<T | undefined> {
  for (let attempt = 1; ; attempt++) {
    const object = await client.find<T>(ref, key);
    if (!object || !change(object)) return object;
    try {
      return await write(object);
    } catch (error) {
      if (hasReason(error, 'NotFound')) return undefined;
      if (!hasReason(error, 'Conflict') || attempt >= attempts) throw error;
    }
  }
}

/** Now, as Kubernetes writes times: whole seconds, UTC. */
export function timestamp(): string {
  return new Date().toISOString().replace(/\.\d+Z$/, 'Z');
}
