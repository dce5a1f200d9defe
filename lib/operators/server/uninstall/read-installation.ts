import 'server-only';
import type { Context } from '@/lib/kube/context';
import { KubeError } from '@/lib/kube/errors';
import type { OperatorRef, Unread } from '../../contract';
import type {
  ClusterServiceVersionObject,
  InstallPlanObject,
  OperatorGroupObject,
  SubscriptionObject,
} from '../../rules/objects';
import type { Surroundings } from '../../rules/uninstall/losses';
import { ownVersions } from '../../rules/uninstall/ownership';
import type { SubscriptionRef } from '../../uninstall-contract';
import { readable } from '../partial';
import { clusterServiceVersions, installPlans, operatorGroups, subscriptions } from '../refs';
import { refuseForeignSubscription } from '../refuse-foreign-subscription';

/** An installation that is to go, with what stands around it, all as the cluster holds it now. */
export interface Installation extends Surroundings {
  groups: OperatorGroupObject[];
  /** Whether ClusterServiceVersions of every namespace were read. */
  sawAllVersions: boolean;
}

const withoutCopies = { labelSelector: '!olm.copiedFrom' };

/**
 * Reads an installation by the name of its Subscription, which may be gone already.
 * @param partial gets what the user may not read
 * @throws ProblemError `not-found` when the Subscription of that name is of another package or catalog
 */
export async function readInstallation(
  context: Context,
  ref: OperatorRef,
  { namespace, name }: SubscriptionRef,
  partial: Unread,
): Promise<Installation> {
  const { kube } = context;
  const [own, everySubscription, ownVersionsList, everyVersion, plans, groups] = await Promise.all([
    kube.list<SubscriptionObject>(subscriptions, { namespace }),
    readable(kube.list<SubscriptionObject>(subscriptions), partial),
    kube.list<ClusterServiceVersionObject>(clusterServiceVersions, { namespace, ...withoutCopies }),
    readable(kube.list<ClusterServiceVersionObject>(clusterServiceVersions, withoutCopies), partial),
    readable(kube.list<InstallPlanObject>(installPlans, { namespace }), partial),
    readable(kube.list<OperatorGroupObject>(operatorGroups, { namespace }), partial),
  ]);
  const subscription = own.items.find(({ metadata }) => metadata.name === name);
  if (subscription) refuseForeignSubscription(context, ref, subscription);
  const others = (everySubscription ?? own.items).filter(
    ({ metadata }) => metadata.uid !== subscription?.metadata.uid,
  );
  const neighbours = others.filter(({ metadata }) => metadata.namespace === namespace);
  const subject = { namespace, package: ref.name };
  return {
    ...subject,
    subscription,
    versions: ownVersions(subject, subscription, ownVersionsList.items, neighbours),
    allVersions: everyVersion ?? ownVersionsList.items,
    sawAllVersions: everyVersion !== undefined,
    others,
    plans: plans ?? [],
    groups: groups ?? [],
  };
}

/** Reads one object that may be gone or closed to the user. */
export async function optional<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof KubeError && (error.status === 403 || error.status === 404)) return undefined;
    throw error;
  }
}
