import 'server-only';
import type { Context } from '@/lib/kube/context';
import type { OperatorRef, Unread } from '../contract';
import type { OperatorEvent } from '../installed-contract';
import { describeEvents, type EventObject, installationObjects } from '../rules/operator-objects';
import { readable } from './partial';
import { readInstallations } from './read-olm';
import { events } from './refs';

/** Events of an operator's installations, newest first. */
export async function listOperatorEvents(
  context: Context,
  ref: OperatorRef,
  { namespace }: { namespace?: string } = {},
): Promise<{ items: OperatorEvent[]; partial: Unread }> {
  const partial: Unread = [];
  const { subscriptions, facts } = await readInstallations(context, partial, { namespace, ref });
  const objects = subscriptions.flatMap((subscription) => installationObjects(subscription, facts));
  const inhabited = [...new Set(objects.map(({ metadata }) => metadata.namespace ?? ''))];
  const lists = await Promise.all(
    inhabited.map((namespace) => readable(context.kube.list<EventObject>(events, { namespace }), partial)),
  );
  return {
    items: describeEvents(
      lists.flatMap((items) => items ?? []),
      objects,
    ),
    partial,
  };
}
