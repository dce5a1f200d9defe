import type { KubeClient } from './kube-client.ts';
import { hasReason } from './status-error.ts';
import type { KubeObject, ObjectKey, ResourceRef } from './types.ts';

const attempts = 10;

/** Edits an object and tells whether there is something to write. */
type Change<T extends KubeObject> = (object: T) => boolean;

/**
 * How a controller changes objects that others change too.
 * @param managers the field managers in whose names it writes statuses, and everything else
 */
export function changesBy(managers: { status: string; object: string }) {
  return {
    /**
     * Reads the object, lets `change` edit it and writes its status back, again from the start when another writer
     * came between. Gives the latest object, `undefined` when it is gone.
     */
    changeStatus: <T extends KubeObject>(
      client: KubeClient,
      ref: ResourceRef,
      key: ObjectKey,
      change: Change<T>,
    ) =>
      changing(client, ref, key, change, (object) =>
        client.updateStatus(ref, object, { fieldManager: managers.status }),
      ),

    /** Like `changeStatus`, for everything but the status. */
    changeObject: <T extends KubeObject>(
      client: KubeClient,
      ref: ResourceRef,
      key: ObjectKey,
      change: Change<T>,
    ) =>
      changing(client, ref, key, change, (object) =>
        client.update(ref, object, { fieldManager: managers.object }),
      ),
  };
}

async function changing<T extends KubeObject>(
  client: KubeClient,
  ref: ResourceRef,
  key: ObjectKey,
  change: Change<T>,
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
