import 'server-only';
import type { Context } from '@/lib/kube/context';
import { KubeError } from '@/lib/kube/errors';
import type { KubeObject } from '@/lib/kube/types';
import type { Unread } from '../contract';
import type { InstallNamespace, InstallNamespaceList } from '../install-contract';
import { subscriptionsOf, waitsForApproval } from '../rules/approval';
import {
  type InstallPlanObject,
  type OperatorGroupObject,
  type SubscriptionObject,
  targetNamespacesOf,
} from '../rules/objects';
import { readable } from './partial';
import { installPlans, namespaces, operatorGroups, subscriptions } from './refs';

/**
 * The namespaces of a cluster, by name, with their OperatorGroups, Subscriptions and waiting plans.
 * @param within for users who may not list namespaces: the one that they know of, taken to exist where they may not
 * even get it
 */
export async function listInstallNamespaces(
  context: Context,
  { namespace: within }: { namespace?: string } = {},
): Promise<InstallNamespaceList> {
  const partial: Unread = [];
  if (within !== undefined) {
    const one = await readInstallNamespace(context, within, partial);
    return { items: one ? [one] : [], partial };
  }
  const [all, around] = await Promise.all([
    readable(context.kube.list<KubeObject>(namespaces), partial),
    readAround(context, partial),
  ]);
  const items = (all ?? [])
    // A namespace that is going away takes nothing new.
    .filter(({ metadata }) => !metadata.deletionTimestamp)
    .map(({ metadata }) => describeNamespace(metadata.name, around))
    .sort((left, right) => left.name.localeCompare(right.name, 'en'));
  return { items, partial };
}

/**
 * What is known of one namespace; `undefined` when it does not exist. A user who may not get Namespaces
 * can still work in one, so it is then taken to exist.
 * @param partial gets what the user may not read
 */
export async function readInstallNamespace(
  context: Context,
  name: string,
  partial: Unread,
): Promise<InstallNamespace | undefined> {
  const [exists, around] = await Promise.all([
    namespaceExists(context, name),
    readAround(context, partial, name),
  ]);
  return exists ? describeNamespace(name, around) : undefined;
}

interface Around {
  groups: readonly OperatorGroupObject[];
  subscribed: readonly SubscriptionObject[];
  plans: readonly InstallPlanObject[];
}

async function readAround(context: Context, partial: Unread, namespace?: string): Promise<Around> {
  const [groups = [], subscribed = [], plans = []] = await Promise.all([
    readable(context.kube.list<OperatorGroupObject>(operatorGroups, { namespace }), partial),
    readable(context.kube.list<SubscriptionObject>(subscriptions, { namespace }), partial),
    readable(context.kube.list<InstallPlanObject>(installPlans, { namespace }), partial),
  ]);
  return { groups, subscribed, plans };
}

async function namespaceExists(context: Context, name: string): Promise<boolean> {
  try {
    await context.kube.get(namespaces, name);
    return true;
  } catch (error) {
    if (error instanceof KubeError && error.status === 404) return false;
    if (error instanceof KubeError && error.status === 403) return true;
    throw error;
  }
}

function describeNamespace(name: string, { groups, subscribed, plans }: Around): InstallNamespace {
  const within = ({ metadata }: { metadata: { namespace?: string } }) => metadata.namespace === name;
  const own = subscribed.filter(within);
  return {
    name,
    operatorGroups: groups
      .filter(within)
      .map((group) => ({ name: group.metadata.name, targetNamespaces: targetNamespacesOf(group) })),
    subscriptions: own.map(({ metadata, spec }) => ({
      name: metadata.name,
      package: spec.name,
      catalog: spec.source,
      catalogNamespace: spec.sourceNamespace,
      approval: spec.installPlanApproval === 'Manual' ? 'Manual' : 'Automatic',
    })),
    waitingPlans: plans
      .filter((plan) => within(plan) && waitsForApproval(plan) && subscriptionsOf(plan, own).length > 0)
      .map(({ metadata, spec }) => ({
        name: metadata.name,
        clusterServiceVersionNames: spec.clusterServiceVersionNames ?? [],
      })),
  };
}
