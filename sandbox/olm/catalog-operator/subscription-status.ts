import { now } from '../../now.ts';
import type { Subscription, SubscriptionStatus } from '../api.ts';
import { changeStatus, type OlmContext } from '../context.ts';
import { refs } from '../refs.ts';

export type WritableStatus = SubscriptionStatus & {
  conditions: NonNullable<SubscriptionStatus['conditions']>;
};

/**
 * Lets `change` edit the latest status of a Subscription and writes it; `change` returns whether it did anything.
 * Gives the Subscription as it then is, nothing when it is gone.
 */
export async function writeStatus(
  olm: OlmContext,
  subscription: Subscription,
  change: (status: WritableStatus, latest: Subscription) => boolean,
): Promise<Subscription | undefined> {
  const { namespace, name = '', uid } = subscription.metadata;
  return changeStatus<Subscription>(olm.cluster.client, refs.subscriptions, { namespace, name }, (latest) => {
    if (latest.metadata.uid !== uid) return false;
    const status: WritableStatus = {
      ...latest.status,
      conditions: latest.status?.conditions ?? [],
      lastUpdated: latest.status?.lastUpdated ?? '',
    };
    if (!change(status, latest)) return false;
    latest.status = { ...status, lastUpdated: now() };
    return true;
  });
}
