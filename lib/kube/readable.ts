import 'server-only';
import { KubeError } from './errors';

/**
 * Awaits something that an answer can do without. What the user may not read, or the cluster does not serve, is noted
 * in `partial`, once for each resource, and becomes `undefined`; every other failure is thrown.
 * @param passed statuses of Kubernetes that an answer can do without
 */
export async function readable<T>(
  reading: Promise<T>,
  partial: { resource: string; reason: string }[],
  passed: readonly number[] = [403, 404],
): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof KubeError) || !passed.includes(error.status)) throw error;
    const { resource } = error.place;
    if (!partial.some((note) => note.resource === resource)) {
      partial.push({ resource, reason: error.message });
    }
    return undefined;
  }
}
