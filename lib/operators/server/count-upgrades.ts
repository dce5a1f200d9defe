import 'server-only';
import type { Context } from '@/lib/kube/context';
import type { Unread } from '../contract';
import { describeSubscription } from '../rules/subscription';
import { readInstallations } from './read-olm';

/** How many operators of a cluster have an upgrade waiting; `undefined` when Subscriptions may not be read. */
export async function countUpgrades(context: Context): Promise<number | undefined> {
  const partial: Unread = [];
  const { subscriptions, facts } = await readInstallations(context, partial);
  if (partial.some(({ resource }) => resource.startsWith('subscriptions'))) return undefined;
  return subscriptions.filter(
    (subscription) => describeSubscription(subscription, facts).status === 'Upgrade available',
  ).length;
}
