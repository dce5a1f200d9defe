import 'server-only';
import { ConnectionError, KubeError } from '@/lib/kube/errors';
import { readable as readableAnswer } from '@/lib/kube/readable';
import type { Unread } from '../contract';

/** The objects of a list that an answer can do without; `undefined`, and noted in `partial`, where it can't be read. */
export async function readable<T>(
  list: Promise<{ items: T[] }>,
  partial: Unread,
  passed?: readonly number[],
): Promise<T[] | undefined> {
  return (await readableAnswer(list, partial, passed))?.items;
}

/** Whether a failure is the cluster's answer, or its silence, and not a mistake of the console's own. */
export function isOfCluster(error: unknown): error is KubeError | ConnectionError {
  return error instanceof KubeError || error instanceof ConnectionError;
}

/**
 * As `readable`, for what is only looked at beside the thing itself: whatever the cluster says to that, or does not say,
 * is noted.
 */
export async function readableIfAny<T>(
  list: Promise<{ items: T[] }>,
  partial: Unread,
): Promise<T[] | undefined> {
  try {
    return (await list).items;
  } catch (error) {
    if (!isOfCluster(error)) throw error;
    noteUnread(error, partial);
    return undefined;
  }
}

/** Notes what could not be read, each resource once. */
export function noteUnread({ place, message }: KubeError | ConnectionError, partial: Unread): void {
  if (!partial.some(({ resource }) => resource === place.resource)) {
    partial.push({ resource: place.resource, reason: message });
  }
}
