import type { EventRecorder } from '../../client/event-recorder.ts';
import type { Subscription } from '../api.ts';
import { dropConditions, setCondition } from '../conditions.ts';
import type { OlmContext } from '../context.ts';
import { writeStatus } from './subscription-status.ts';

/** The namespace's Subscriptions can't be resolved together. */
export async function failResolution(
  olm: OlmContext,
  subscriptions: Subscription[],
  reason: string,
  message: string,
): Promise<void> {
  for (const subscription of subscriptions) {
    await writeStatus(olm, subscription, ({ conditions }) => {
      dropConditions(conditions, 'BundleUnpackFailed');
      return setCondition(conditions, { type: 'ResolutionFailed', status: 'True', reason, message });
    });
  }
}

/** The namespace is up to date. */
export async function clearFailures(olm: OlmContext, subscriptions: Subscription[]): Promise<void> {
  for (const subscription of subscriptions) {
    await writeStatus(olm, subscription, ({ conditions }) =>
      dropConditions(conditions, 'ResolutionFailed', 'BundleUnpackFailed'),
    );
  }
}

/** Bundles for these Subscriptions are being unpacked. */
export async function markUnpacking(olm: OlmContext, subscriptions: Subscription[]): Promise<void> {
  for (const subscription of subscriptions) {
    await writeStatus(olm, subscription, ({ conditions }) => {
      const dropped = dropConditions(conditions, 'ResolutionFailed', 'BundleUnpackFailed');
      const unpacking = { type: 'BundleUnpacking', status: 'True', reason: 'UnpackingInProgress' };
      return setCondition(conditions, unpacking) || dropped;
    });
  }
}

/** A bundle could not be unpacked: a condition on every Subscription of the namespace, and a Warning. */
export async function failUnpacking(
  olm: OlmContext,
  events: EventRecorder,
  subscriptions: Subscription[],
  { message }: { message: string },
): Promise<void> {
  for (const subscription of subscriptions) {
    const written = await writeStatus(olm, subscription, ({ conditions }) => {
      dropConditions(conditions, 'BundleUnpacking', 'ResolutionFailed');
      const type = 'BundleUnpackFailed';
      return setCondition(conditions, { type, status: 'True', reason: type, message });
    });
    if (written) await events.record(written, 'Warning', 'BundleUnpackFailed', message);
  }
}
