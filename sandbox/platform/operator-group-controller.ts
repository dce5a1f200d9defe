import { runController, watchOf } from '../client/controller.ts';
import { keyOf } from '../client/informer.ts';
import { hasReason } from '../client/status-error.ts';
import type { OlmContext } from '../olm/context.ts';
import { refs } from '../olm/refs.ts';

const annotation = 'cpaas.io/target-namespaces';

/**
 * Makes the OperatorGroup of a namespace from the annotation `cpaas.io/target-namespaces` of a Subscription in it:
 * empty means all namespaces, else names divided by commas. Without the annotation, or where a group is, it does nothing.
 */
export function runOperatorGroupController(olm: OlmContext): void {
  const { cluster, subscriptions, operatorGroups } = olm;
  runController({
    name: 'platform-operator-groups',
    signal: cluster.signal,
    clock: cluster.clock,
    watches: [
      watchOf(subscriptions, ({ type, object }) => (type === 'DELETED' ? [] : [keyOf(object)])),
      // A group's disappearance is made good.
      watchOf(operatorGroups, ({ type, object }) =>
        type === 'DELETED' ? subscriptions.list(object.metadata.namespace).map(keyOf) : [],
      ),
    ],
    reconcile: async (key) => {
      const subscription = subscriptions.get(key);
      const targets = subscription?.metadata.annotations?.[annotation];
      if (!subscription || subscription.metadata.deletionTimestamp || targets === undefined) return;
      const { namespace = '' } = subscription.metadata;
      const { items } = await cluster.client.list(refs.operatorGroups, { namespace });
      if (items.length > 0) return;
      const targetNamespaces = [
        ...new Set(
          targets
            .split(',')
            .map((name) => name.trim())
            .filter((name) => name !== ''),
        ),
      ];
      try {
        await cluster.client.create(refs.operatorGroups, {
          apiVersion: 'operators.coreos.com/v1',
          kind: 'OperatorGroup',
          // One fixed name: two Subscriptions at the same moment must not make two groups.
          metadata: { name: `${namespace}-operator-group`.slice(-253), namespace },
          spec: targetNamespaces.length === 0 ? {} : { targetNamespaces },
        });
      } catch (error) {
        const expected = ['AlreadyExists', 'NotFound', 'Forbidden'];
        if (!expected.some((reason) => hasReason(error, reason))) throw error;
      }
    },
  });
}
