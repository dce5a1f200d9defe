import 'server-only';
import { KubeError } from '@/lib/kube/errors';
import type { Unread } from '../contract';

/**
 * Awaits a list that an answer can do without. What the user may not read, or the cluster does not serve,
 * is noted in `partial` and becomes `undefined`; every other failure is thrown.
 */
export async function readable<T>(list: Promise<{ items: T[] }>, partial: Unread): Promise<T[] | undefined> {
  try {
    return (await list).items;
  } catch (error) {
    if (!(error instanceof KubeError) || (error.status !== 403 && error.status !== 404)) throw error;
    const { resource } = error.place;
    if (!partial.some((note) => note.resource === resource)) {
      partial.push({ resource, reason: error.message });
    }
    return undefined;
  }
}
