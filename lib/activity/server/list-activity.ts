import 'server-only';
import type { KubeClient } from '@/lib/kube/client';
import type { PlatformContext } from '@/lib/kube/context';
import { KubeError } from '@/lib/kube/errors';
import type { KubeObject } from '@/lib/kube/types';
import { type Activity, type ActivityList, writeRecordSchema } from '../contract';
import { events, ownLabel, recordAnnotation } from './events';

const MAX_ITEMS = 500;

interface EventObject extends KubeObject {
  involvedObject?: { kind?: string; namespace?: string; name?: string };
}

/**
 * What was done to a cluster with this console, newest first, as its Events tell it: those of the cluster itself, and
 * those of the global one that are about plugins of this cluster. Events live as long as the cluster keeps them, an hour
 * by default.
 * @throws KubeError when the user may not list Events
 */
export async function listActivity(
  { kube, global, cluster }: PlatformContext,
  { namespace }: { namespace?: string } = {},
): Promise<ActivityList> {
  const partial: { resource: string; reason: string }[] = [];
  const elsewhere = global && !cluster.global && !namespace ? global : undefined;
  const [own, plugins] = await Promise.all([
    read(kube, namespace),
    elsewhere &&
      read(elsewhere).catch((error: unknown) => {
        if (!(error instanceof KubeError) || error.status !== 403) throw error;
        partial.push({ resource: `events (${elsewhere.cluster})`, reason: error.message });
        return [];
      }),
  ]);
  const items = [...own, ...(plugins ?? [])]
    .filter((activity) => activity.cluster === cluster.name)
    .sort((a, b) => b.time.localeCompare(a.time))
    .slice(0, MAX_ITEMS);
  return { items, partial };
}

async function read(kube: KubeClient, namespace?: string): Promise<Activity[]> {
  const { items } = await kube.list<EventObject>(events, {
    namespace,
    labelSelector: `${ownLabel.key}=${ownLabel.value}`,
  });
  return items.flatMap(({ metadata, involvedObject }) => {
    const record = recordOf(metadata.annotations?.[recordAnnotation]);
    if (!record) return [];
    const { kind = '', namespace: place, name = '' } = involvedObject ?? {};
    return [{ ...record, id: metadata.uid, object: { kind, namespace: place || undefined, name } }];
  });
}

/** Whoever may write Events may write anything into them. */
function recordOf(annotation: string | undefined) {
  try {
    return writeRecordSchema.safeParse(JSON.parse(annotation ?? '')).data;
  } catch {
    return undefined;
  }
}
