import 'server-only';
import type { Context } from '@/lib/kube/context';
import { cannotBeTried, KubeError } from '@/lib/kube/errors';
import { ProblemError } from '@/lib/kube/problem';
import type { SubscriptionChange, SubscriptionChangeInput } from '../change-contract';
import type { OperatorRef, Unread } from '../contract';
import type { SubscriptionObject } from '../rules/objects';
import { manualApprovalOnly } from '../rules/source';
import { describeSubscription } from '../rules/subscription';
import {
  type Changeable,
  changePatch,
  checkChange,
  dropsStartingVersion,
  effectsOf,
} from '../rules/subscription-change';
import { findPackage } from './get-operator';
import { readInstallations } from './read-olm';
import { subscriptions } from './refs';
import { refuseForeignSubscription } from './refuse-foreign-subscription';

/**
 * Changes channel, approval strategy or both of one Subscription, and tells what follows. With `dryRun` the cluster
 * checks the change and stores nothing.
 * @throws ProblemError `invalid-input` naming the wrong fields, `not-found` when the Subscription is another
 * operator's, `conflict` when somebody else changed the same field in between
 */
export async function changeSubscription(
  context: Context,
  { ref, change, dryRun }: { ref: OperatorRef; change: SubscriptionChangeInput; dryRun: boolean },
): Promise<SubscriptionChange> {
  const { namespace, name } = change;
  const partial: Unread = [];
  const [detail, { subscriptions: all, facts }] = await Promise.all([
    findPackage(context, ref, namespace),
    readInstallations(context, partial, { namespace }),
  ]);
  const object =
    all.find(({ metadata }) => metadata.name === name) ??
    (await context.kube.get<SubscriptionObject>(subscriptions, name, { namespace }));
  refuseForeignSubscription(context, ref, object);
  const operator: Changeable = { ...detail, manualApprovalOnly: manualApprovalOnly(detail.source) };
  const before = describeSubscription(object, facts);
  const after = {
    channel: change.channel ?? before.channel,
    approval: change.approval ?? before.approval,
  };
  refuseProblems(context, operator, change);
  const unread = partial.some(({ resource }) => resource.startsWith('subscriptions'));
  const neighbours = all
    .filter(({ metadata }) => metadata.uid !== object.metadata.uid)
    .map((neighbour) => {
      const { name: neighbourName, approval } = describeSubscription(neighbour, facts);
      return { name: neighbourName, approval };
    });
  const patch = changePatch(object, change, {
    dropStartingVersion: dropsStartingVersion(operator, object, after.channel),
  });
  await context.kube
    .jsonPatch<SubscriptionObject>(subscriptions, name, patch, { namespace, dryRun, before: object })
    .catch((error) => (dryRun && cannotBeTried(error) ? undefined : explain(context, object, error)));
  return {
    dryRun,
    namespace,
    name,
    ...after,
    effects: effectsOf(operator, before, after, unread ? undefined : neighbours),
  };
}

function refuseProblems(context: Context, operator: Changeable, change: SubscriptionChangeInput): void {
  const fields = checkChange(operator, change);
  if (fields.length === 0) return;
  throw new ProblemError('invalid-input', fields.map(({ message }) => message).join(' '), {
    ...place(context, change),
    fields,
  });
}

/** The API server does not tell which test of a patch failed; the Subscription as it is now does. */
async function explain(context: Context, object: SubscriptionObject, error: unknown): Promise<never> {
  if (!(error instanceof KubeError) || error.status !== 422) throw error;
  const { name, namespace, uid } = object.metadata;
  const now = await context.kube.get<SubscriptionObject>(subscriptions, name, { namespace });
  const { channel, installPlanApproval } = now.spec;
  const same =
    now.metadata.uid === uid &&
    channel === object.spec.channel &&
    installPlanApproval === object.spec.installPlanApproval;
  if (same) throw error;
  throw new ProblemError(
    'conflict',
    `Subscription "${name}" was not changed: somebody else changed it in between. It now follows channel "${channel ?? ''}" with ${installPlanApproval || 'Automatic'} approval.`,
    place(context, object.metadata),
  );
}

function place(context: Context, { namespace, name }: { namespace?: string; name: string }) {
  return {
    cluster: context.cluster.name,
    verb: 'patch',
    resource: 'subscriptions.operators.coreos.com',
    namespace,
    name,
  };
}
