import 'server-only';
import type { Context } from '@/lib/kube/context';
import { ProblemError } from '@/lib/kube/problem';
import type { UpgradeAimInput } from '../change-contract';
import type { OperatorRef } from '../contract';
import type { SubscriptionObject } from '../rules/objects';
import { pathOf, upgradeAims, upgradeToAnnotation } from '../rules/plan/upgrade-run';
import { describeSubscription } from '../rules/subscription';
import { findPackage } from './get-operator';
import { readInstallations } from './read-olm';
import { subscriptions } from './refs';
import { refuseForeignSubscription } from './refuse-foreign-subscription';

/**
 * Notes on a Subscription at which version its upgrade ends, so that any page may go on with it; nothing is approved
 * by that. `to: null` takes the note away.
 * @throws ProblemError `invalid-input` when the version is not ahead on the Subscription's channel, or OLM would not
 * stop because its approval is Automatic; `not-found` when the Subscription is another operator's
 */
export async function aimUpgrade(
  context: Context,
  { ref, aim }: { ref: OperatorRef; aim: UpgradeAimInput },
): Promise<UpgradeAimInput> {
  const { namespace, name, to } = aim;
  const object = await context.kube.get<SubscriptionObject>(subscriptions, name, { namespace });
  refuseForeignSubscription(context, ref, object);
  if (to !== null) await refuseAim(context, ref, object, to);
  const metadata = { uid: object.metadata.uid, annotations: { [upgradeToAnnotation]: to } };
  await context.kube.mergePatch(subscriptions, name, { metadata }, { namespace });
  return aim;
}

async function refuseAim(
  context: Context,
  ref: OperatorRef,
  object: SubscriptionObject,
  to: string,
): Promise<void> {
  const { namespace, name } = object.metadata;
  const [detail, { facts }] = await Promise.all([
    findPackage(context, ref, namespace),
    readInstallations(context, [], { namespace, ref }),
  ]);
  const path = pathOf({ ...detail, defaultChannel: detail.channel }, describeSubscription(object, facts));
  const aims = path ? upgradeAims(path) : [];
  if (aims.some((one) => one.name === to)) return;
  const message =
    aims.length > 0
      ? `Subscription "${name}" can be upgraded to ${aims.map((one) => one.name).join(', ')}, not to "${to}".`
      : `Subscription "${name}" can't be upgraded step by step now: nothing newer is on its channel, nothing is installed yet, or its approval is Automatic.`;
  throw new ProblemError('invalid-input', message, {
    cluster: context.cluster.name,
    verb: 'patch',
    resource: 'subscriptions.operators.coreos.com',
    namespace,
    name,
    fields: [{ path: 'to', message }],
  });
}
