import 'server-only';
import type { Context } from '@/lib/kube/context';
import { KubeError } from '@/lib/kube/errors';
import type { KubeObject } from '@/lib/kube/types';
import type { InstallNamespace, InstallNamespaceList, Unread } from '../contract';
import { type OperatorGroupObject, type SubscriptionObject, targetNamespacesOf } from '../rules/objects';
import { readable } from './partial';
import { namespaces, operatorGroups, subscriptions } from './refs';

/** The namespaces of a cluster, by name, with their OperatorGroups and Subscriptions. */
export async function listInstallNamespaces(context: Context): Promise<InstallNamespaceList> {
  const partial: Unread = [];
  const [all, groups, subscribed] = await Promise.all([
    readable(context.kube.list<KubeObject>(namespaces), partial),
    readable(context.kube.list<OperatorGroupObject>(operatorGroups), partial),
    readable(context.kube.list<SubscriptionObject>(subscriptions), partial),
  ]);
  const items = (all ?? [])
    // A namespace that is going away takes nothing new.
    .filter(({ metadata }) => !metadata.deletionTimestamp)
    .map(({ metadata }) => describeNamespace(metadata.name, groups ?? [], subscribed ?? []))
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
  const [exists, groups, subscribed] = await Promise.all([
    namespaceExists(context, name),
    readable(context.kube.list<OperatorGroupObject>(operatorGroups, { namespace: name }), partial),
    readable(context.kube.list<SubscriptionObject>(subscriptions, { namespace: name }), partial),
  ]);
  return exists ? describeNamespace(name, groups ?? [], subscribed ?? []) : undefined;
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

function describeNamespace(
  name: string,
  groups: readonly OperatorGroupObject[],
  subscribed: readonly SubscriptionObject[],
): InstallNamespace {
  const within = ({ metadata }: { metadata: { namespace?: string } }) => metadata.namespace === name;
  return {
    name,
    operatorGroups: groups
      .filter(within)
      .map((group) => ({ name: group.metadata.name, targetNamespaces: targetNamespacesOf(group) })),
    subscriptions: subscribed.filter(within).map(({ metadata, spec }) => ({
      name: metadata.name,
      package: spec.name,
      approval: spec.installPlanApproval === 'Manual' ? 'Manual' : 'Automatic',
    })),
  };
}
