import 'server-only';
import { setTimeout } from 'node:timers/promises';
import { cookies } from 'next/headers';
import { credentialsFor } from '@/lib/clusters/server/open-cluster';
import { platform } from '@/lib/clusters/server/platform';
import { readSession } from '../session';

const PATIENCE_MS = 2_000;

/**
 * Whether the signed-in user's registry of clusters does not have this name. `false` also where the registry is empty
 * or can't be read soon: the page itself tells why then.
 */
export async function isUnknownCluster(name: string): Promise<boolean> {
  const jar = await cookies();
  const session = await readSession((cookie) => jar.get(cookie)?.value);
  if (!session) return false;
  const known = await Promise.race([
    platform()
      .clusters((scope) => credentialsFor(session, scope))
      .catch(() => []),
    setTimeout(PATIENCE_MS, [], { ref: false }),
  ]);
  return known.length > 0 && known.every((cluster) => cluster.name !== name);
}
