import { runController, watchOf } from '../../client/controller.ts';
import { keyOf } from '../../client/informer.ts';
import { hasReason } from '../../client/status-error.ts';
import { isCopied, olmVersion } from '../api.ts';
import type { OlmContext } from '../context.ts';
import { refs } from '../refs.ts';

/** Makes the OperatorCondition through which an operator may speak to OLM. It goes with its CSV (owner reference). */
export function runOperatorConditions(olm: OlmContext): void {
  const { cluster, csvs } = olm;
  runController({
    name: 'operator-conditions',
    signal: cluster.signal,
    clock: cluster.clock,
    watches: [
      watchOf(csvs, ({ type, object }) => (type === 'ADDED' && !isCopied(object) ? [keyOf(object)] : [])),
    ],
    reconcile: async (key) => {
      const csv = csvs.get(key);
      if (!csv || csv.metadata.deletionTimestamp) return;
      const { deployments = [], permissions = [], clusterPermissions = [] } = csv.spec.install.spec ?? {};
      const { name = '', namespace = '', uid = '' } = csv.metadata;
      try {
        await cluster.client.create(
          refs.operatorConditions,
          {
            apiVersion: 'operators.coreos.com/v2',
            kind: 'OperatorCondition',
            metadata: {
              name,
              namespace,
              ownerReferences: [
                {
                  apiVersion: olmVersion,
                  kind: 'ClusterServiceVersion',
                  name,
                  uid,
                  controller: true,
                  blockOwnerDeletion: false,
                },
              ],
            },
            spec: {
              deployments: deployments.map((it) => it.name),
              serviceAccounts: [...permissions, ...clusterPermissions].map((it) => it.serviceAccountName),
            },
          },
          { fieldManager: 'olm' },
        );
      } catch (error) {
        if (!hasReason(error, 'AlreadyExists')) throw error;
      }
    },
  });
}
