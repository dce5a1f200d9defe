import 'server-only';
import type { Context } from '@/lib/kube/context';
import { ProblemError } from '@/lib/kube/problem';
import type { OperatorRef } from '../contract';
import type { Removal, SubscriptionRef } from '../uninstall-contract';
import { clusterServiceVersions, subscriptions } from './refs';
import { readInstallation } from './uninstall/read-installation';
import { type Removable, removeInOrder } from './uninstall/removal';

/**
 * Deletes a Subscription and the ClusterServiceVersions that are its own, never a copy and never another
 * Subscription's. The Subscription goes first: OLM would install its version again. When it is gone already, the
 * versions that it left are deleted. Instances of the operator's APIs and what else OLM leaves are not touched.
 * @throws ProblemError `not-found` when there is nothing to delete; for a refusal of the cluster its code, with
 * `steps` telling what became of each object
 */
export async function uninstallOperator(
  context: Context,
  ref: OperatorRef,
  target: SubscriptionRef,
): Promise<Removal> {
  const { subscription, versions } = await readInstallation(context, ref, target, []);
  const objects: Removable[] = [
    ...(subscription ? [{ kind: 'Subscription', ref: subscriptions, ...subscription.metadata }] : []),
    ...versions.map(({ metadata }) => ({
      kind: 'ClusterServiceVersion',
      ref: clusterServiceVersions,
      ...metadata,
    })),
  ].map(({ kind, ref: resource, name, namespace, uid }) => ({ kind, ref: resource, name, namespace, uid }));
  if (objects.length > 0) return { steps: await removeInOrder(context, objects) };
  throw new ProblemError(
    'not-found',
    `Namespace "${target.namespace}" of cluster "${context.cluster.name}" has neither a Subscription "${target.name}" nor a ClusterServiceVersion of package "${ref.name}". It is uninstalled already.`,
    {
      cluster: context.cluster.name,
      verb: 'delete',
      resource: 'subscriptions.operators.coreos.com',
      namespace: target.namespace,
      name: target.name,
    },
  );
}
