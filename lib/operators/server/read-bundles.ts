import 'server-only';
import type { Context } from '@/lib/kube/context';
import { KubeError } from '@/lib/kube/errors';
import type { KubeObject } from '@/lib/kube/types';
import type { InstallPlanObject } from '../rules/objects';
import { bundlesOf, type ResolvedBundle, type ResolvedBundles } from '../rules/plan/read-plan';
import { readUnpackedBundle } from '../rules/plan/unpacked-bundle';
import { inTurns } from './in-turns';
import { isOfCluster } from './partial';
import { configMaps } from './refs';

const MAX_BUNDLES = 50;

/**
 * The ConfigMaps into which OLM unpacked the bundles of a plan, read with the user's own rights. One that is gone or
 * may not be read is told as such, and the rest is read.
 */
export async function readBundles({ kube }: Context, plan: InstallPlanObject): Promise<ResolvedBundles> {
  const wanted = bundlesOf(plan);
  const read = await inTurns(wanted.slice(0, MAX_BUNDLES), async ({ namespace, name }) => {
    const bundle = await kube
      .get<KubeObject>(configMaps, name, { namespace })
      .then(readUnpackedBundle, unreadBecause);
    return [`${namespace}/${name}`, bundle] as const;
  });
  const beyond = wanted
    .slice(MAX_BUNDLES)
    .map(({ namespace, name }): [string, ResolvedBundle] => [
      `${namespace}/${name}`,
      { unread: 'failed', detail: `only ${MAX_BUNDLES} bundles are looked at` },
    ]);
  return new Map([...read, ...beyond]);
}

function unreadBecause(error: unknown): ResolvedBundle {
  if (!isOfCluster(error)) throw error;
  const status = error instanceof KubeError ? error.status : undefined;
  if (status === 404) return { unread: 'missing' };
  if (status === 403) return { unread: 'forbidden' };
  return { unread: 'failed', detail: error.message.slice(0, 500) };
}
