import { runController, watchOf } from '../../client/controller.ts';
import { keyOf } from '../../client/informer.ts';
import { isCopied } from '../api.ts';
import type { OlmContext } from '../context.ts';
import { timing } from '../timing.ts';
import { writeStatus } from './subscription-status.ts';

/**
 * Calls a Subscription's version installed as soon as its CSV exists. That is before the CSV has succeeded, and a
 * copied CSV of the same name counts too: only the CSV's phase tells whether the operator runs.
 */
export function runSubscriptionCsv(olm: OlmContext): void {
  const { cluster, subscriptions, csvs, installPlans } = olm;
  const { clock, signal } = cluster;
  runController({
    name: 'subscription-csv',
    signal,
    clock,
    concurrency: 32,
    watches: [
      watchOf(subscriptions, ({ object, previous }) =>
        object.status?.currentCSV === previous?.status?.currentCSV ? [] : [keyOf(object)],
      ),
      watchOf(csvs, ({ type, object }) =>
        type === 'ADDED'
          ? subscriptions
              .list(object.metadata.namespace)
              .filter((it) => it.status?.currentCSV === object.metadata.name)
              .map(keyOf)
          : [],
      ),
      watchOf(installPlans, ({ object, previous }) =>
        object.status?.phase === 'Complete' && previous?.status?.phase !== 'Complete'
          ? (object.metadata.ownerReferences ?? []).map(({ name }) => `${object.metadata.namespace}/${name}`)
          : [],
      ),
    ],
    reconcile: async (key) => {
      const before = subscriptions.get(key);
      if (!before || !pending(olm, key)) return;
      await clock.sleep(timing.csvSeen, signal);
      if (!pending(olm, key)) return;
      await writeStatus(olm, before, (status) => {
        if (status.currentCSV === undefined || status.installedCSV === status.currentCSV) return false;
        status.installedCSV = status.currentCSV;
        status.state = 'AtLatestKnown';
        return true;
      });
    },
  });
}

function pending(olm: OlmContext, key: string): boolean {
  const subscription = olm.subscriptions.get(key);
  const { currentCSV, installedCSV, installPlanRef } = subscription?.status ?? {};
  if (!subscription || currentCSV === undefined || currentCSV === installedCSV) return false;
  const namespace = subscription.metadata.namespace;
  const csv = olm.csvs.get(`${namespace}/${currentCSV}`);
  if (!csv || csv.metadata.deletionTimestamp) return false;
  // A copy that was there before the plan: it counts once the plan has met it.
  if (!isCopied(csv)) return true;
  return olm.installPlans.get(`${namespace}/${installPlanRef?.name}`)?.status?.phase === 'Complete';
}
