import 'server-only';
import { isDeepStrictEqual } from 'node:util';
import type { KubeClient } from '@/lib/kube/client';
import { KubeError } from '@/lib/kube/errors';
import type { KubeObject, Manifest, ResourceRef } from '@/lib/kube/types';

export type Told = (kind: string, name: string, state: 'created' | 'updated' | 'unchanged') => void;

/** How often a change is tried again because somebody else changed the object meanwhile. */
const attempts = 4;

/**
 * Makes an object what `desired` makes of it, and leaves alone what is as it should be.
 * @param desired the object to create when there is none, or what must stand in the one that there is
 */
export async function ensure(
  kube: KubeClient,
  ref: ResourceRef,
  place: { name: string; namespace?: string },
  desired: (existing: KubeObject | undefined) => Manifest,
  told: Told,
): Promise<KubeObject> {
  for (let attempt = 1; ; attempt++) {
    try {
      const existing = await find(kube, ref, place);
      const wanted = desired(existing);
      if (!existing) {
        const created = await kube.create<KubeObject>(ref, wanted, place);
        told(wanted.kind, place.name, 'created');
        return created;
      }
      const { labels, annotations, ownerReferences } = wanted.metadata;
      const metadata = { labels, annotations, ownerReferences };
      if (contains(existing.metadata, metadata) && contains(existing.spec, wanted.spec)) {
        told(wanted.kind, place.name, 'unchanged');
        return existing;
      }
      const patch = {
        metadata: { ...metadata, resourceVersion: existing.metadata.resourceVersion },
        spec: wanted.spec,
      };
      const updated = await kube.mergePatch<KubeObject>(ref, place.name, patch, place);
      told(wanted.kind, place.name, 'updated');
      return updated;
    } catch (error) {
      // Made or changed by somebody else between reading and writing.
      if (!(error instanceof KubeError && error.status === 409) || attempt >= attempts) throw error;
    }
  }
}

async function find(
  kube: KubeClient,
  ref: ResourceRef,
  { name, namespace }: { name: string; namespace?: string },
): Promise<KubeObject | undefined> {
  try {
    return await kube.get<KubeObject>(ref, name, namespace === undefined ? {} : { namespace });
  } catch (error) {
    if (error instanceof KubeError && error.status === 404) return undefined;
    throw error;
  }
}

/** Whether merging `wanted` into `value` would change nothing: maps are compared by their keys, lists as a whole. */
function contains(value: unknown, wanted: unknown): boolean {
  if (wanted === undefined) return true;
  if (!isMap(wanted) || !isMap(value)) return isDeepStrictEqual(value, wanted);
  return Object.entries(wanted).every(([key, part]) => contains(value[key], part));
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
