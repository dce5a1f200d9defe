import 'server-only';
import type { Context } from '@/lib/kube/context';
import type { OperatorRef, Unread } from '../contract';
import { subscribes } from '../rules/catalogue-status';
import type {
  ClusterServiceVersionObject,
  InstallPlanObject,
  OperatorGroupObject,
  SubscriptionObject,
} from '../rules/objects';
import type { OlmFacts } from '../rules/status';
import { readable } from './partial';
import { clusterServiceVersions, installPlans, operatorGroups, subscriptions } from './refs';

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
  const all = await readable(context.kube.list<SubscriptionObject>(subscriptions, { namespace }), partial);
  const own = (all ?? []).filter((subscription) => !ref || isOf(subscription, ref));
  const inhabited = [...new Set(own.map(({ metadata }) => metadata.namespace ?? ''))];
  const places = inhabited.length > MAX_NAMESPACES ? [undefined] : inhabited;
  const [versions, plans, groups] = await Promise.all([
    // Copies of cluster-wide operators stand in every namespace and say nothing.
    everywhere(
      places,
      (namespace) =>
        context.kube.list<ClusterServiceVersionObject>(clusterServiceVersions, {
          namespace,
          labelSelector: '!olm.copiedFrom',
        }),
      partial,
    ),
    everywhere(
      places,
      (namespace) => context.kube.list<InstallPlanObject>(installPlans, { namespace }),
      partial,
    ),
    everywhere(
      places,
      (namespace) => context.kube.list<OperatorGroupObject>(operatorGroups, { namespace }),
      partial,
    ),
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
