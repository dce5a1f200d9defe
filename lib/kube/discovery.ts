import 'server-only';
import { KubeClient } from './client';
import { KubeError } from './errors';
import { shared } from './shared';
import type { ResourceRef } from './types';

const FRESH_MS = 60_000;

/** Whether the cluster serves a resource of a group, in any version. Remembered for a minute, for all users. */
export async function isServed(kube: KubeClient, ref: Omit<ResourceRef, 'version'>): Promise<boolean> {
  const cache = shared('discovery', () => new Map<string, { until: number; answer: Promise<boolean> }>());
  const key = [kube.endpoint.baseUrl, ref.group, ref.resource].join('\0');
  const known = cache.get(key);
  if (known && known.until > Date.now()) return known.answer;
  // Others wait for the answer too: it must not end with the request that asked first.
  const answer = discover(new KubeClient(kube.endpoint, kube.credentials), ref);
  cache.set(key, { until: Date.now() + FRESH_MS, answer });
  answer.catch(() => cache.delete(key));
  return answer;
}

async function discover(
  kube: KubeClient,
  { group, resource }: Omit<ResourceRef, 'version'>,
): Promise<boolean> {
  const place = { verb: 'discover', resource: `${resource}.${group}` };
  try {
    const { versions = [] } = await kube.path<{ versions?: { groupVersion: string }[] }>(
      `/apis/${encodeURIComponent(group)}`,
      place,
    );
    for (const { groupVersion } of versions) {
      const list = await kube.path<{ resources?: { name: string }[] }>(`/apis/${groupVersion}`, place);
      if (list.resources?.some(({ name }) => name === resource)) return true;
    }
    return false;
  } catch (error) {
    if (error instanceof KubeError && error.status === 404) return false;
    throw error;
  }
}
