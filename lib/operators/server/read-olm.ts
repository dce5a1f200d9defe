import 'server-only';
import type { Context } from '@/lib/kube/context';
import type { OperatorRef, Unread } from '../contract';
import { subscribes } from '../rules/catalogue-status';
import type { SubscriptionObject } from '../rules/objects';
import type { OlmFacts } from '../rules/status';
import { listGroups, listPlans, listSubscriptions, listVersions } from './olm-objects';
import { readable } from './partial';

// Above this, one list of the whole cluster is cheaper than one per namespace.
const MAX_NAMESPACES = 8;

/** Subscriptions and what the rules of status have to know around them. */
export interface Installations {
  subscriptions: SubscriptionObject[];
  facts: OlmFacts;
}

/**
 * Reads the Subscriptions of a cluster, or of one package or one namespace, then what stands around them.
 * Subscriptions come first: a plan or ClusterServiceVersion that a Subscription names exists by then, so
 * that none looks missing only because it was made between two requests.
 */
export async function readInstallations(
  context: Context,
  partial: Unread,
  { ref, namespace }: { ref?: OperatorRef; namespace?: string } = {},
): Promise<Installations> {
  const all = await readable(listSubscriptions(context.kube, { namespace }), partial);
  const own = (all ?? []).filter((subscription) => !ref || isOf(subscription, ref));
  const inhabited = [...new Set(own.map(({ metadata }) => metadata.namespace ?? ''))];
  const places = inhabited.length > MAX_NAMESPACES ? [undefined] : inhabited;
  const [versions, plans, groups] = await Promise.all([
    // Copies of cluster-wide operators stand in every namespace and say nothing.
    everywhere(
      places,
      (namespace) =>
        listVersions(context.kube, {
          namespace,
          labelSelector: '!olm.copiedFrom',
        }),
      partial,
    ),
    everywhere(places, (namespace) => listPlans(context.kube, { namespace }), partial),
    everywhere(places, (namespace) => listGroups(context.kube, { namespace }), partial),
  ]);
  return {
    subscriptions: own,
    facts: {
      clusterServiceVersions: versions,
      installPlans: plans,
      operatorGroups:
        groups && ((namespace) => groups.filter(({ metadata }) => metadata.namespace === namespace).length),
      now: context.kube.now(),
    },
  };
}

async function everywhere<T>(
  places: (string | undefined)[],
  list: (namespace: string | undefined) => Promise<{ items: T[] }>,
  partial: Unread,
): Promise<T[] | undefined> {
  const lists = await Promise.all(places.map((namespace) => readable(list(namespace), partial)));
  return lists.every((items) => items !== undefined) ? lists.flat() : undefined;
}

function isOf({ spec }: SubscriptionObject, ref: OperatorRef): boolean {
  const { name, source: catalog, sourceNamespace: catalogNamespace } = spec;
  return subscribes({ package: name, catalog, catalogNamespace }, ref);
}
