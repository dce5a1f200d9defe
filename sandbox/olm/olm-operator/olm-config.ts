import { runController, watchOf } from '../../client/controller.ts';
import { keyOf, splitKey } from '../../client/informer.ts';
import type { KubeObject } from '../../client/types.ts';
import { now } from '../../now.ts';
import { type Condition, copiedFromLabel } from '../api.ts';
import { setCondition } from '../conditions.ts';
import { changeStatus, type OlmContext } from '../context.ts';
import { refs } from '../refs.ts';

export interface OlmConfig extends KubeObject {
  spec?: { features?: { disableCopiedCSVs?: boolean } };
  status?: { conditions?: Condition[] };
}

/** Whether the cluster's OLMConfig switches copies of cluster-wide CSVs off. */
export function copiesDisabled(olm: OlmContext): boolean {
  const config = olm.cluster.informers.of<OlmConfig>(refs.olmConfigs).get('cluster');
  return config?.spec?.features?.disableCopiedCSVs ?? false;
}

/** Says in the OLMConfig's status whether CSVs are copied. */
export function runOlmConfig(olm: OlmContext): void {
  const { cluster, csvs } = olm;
  const { informers, client, signal, clock } = cluster;
  const configs = informers.of<OlmConfig>(refs.olmConfigs);
  runController({
    name: 'olm-config',
    signal,
    clock,
    watches: [
      watchOf(configs, ({ object }) => [keyOf(object)]),
      watchOf(csvs, ({ type, object }) =>
        type !== 'MODIFIED' && object.metadata.labels?.[copiedFromLabel] !== undefined ? ['cluster'] : [],
      ),
    ],
    reconcile: async (key) => {
      // OLM heeds only the one called "cluster".
      if (key !== 'cluster' || !configs.get(key)) return;
      await changeStatus<OlmConfig>(client, refs.olmConfigs, splitKey(key), (config) => {
        const conditions = config.status?.conditions ?? [];
        const changed = setCondition(conditions, {
          ...conditionOf(olm, config),
          type: 'DisabledCopiedCSVs',
          lastTransitionTime: now(),
        });
        config.status = { ...config.status, conditions };
        return changed;
      });
    },
  });
}

function conditionOf(olm: OlmContext, config: OlmConfig): Omit<Condition, 'type'> {
  if (!config.spec?.features?.disableCopiedCSVs) {
    const message = 'Copied CSVs are enabled and present across the cluster';
    return { status: 'False', reason: 'CopiedCSVsEnabled', message };
  }
  const left = olm.csvs.list().some((copy) => {
    const from = copy.metadata.labels?.[copiedFromLabel];
    const original = from === undefined ? undefined : olm.csvs.get(`${from}/${copy.metadata.name}`);
    return original?.metadata.annotations?.['olm.targetNamespaces'] === '';
  });
  if (left) {
    const message =
      'Copied CSVs are disabled but unexpected copied CSVs were found for operators installed in AllNamespace mode';
    return { status: 'False', reason: 'UnexpectedCopiedCSVsFound', message };
  }
  const message = 'Copied CSVs are disabled and none were found for operators installed in AllNamespace mode';
  return { status: 'True', reason: 'NoCopiedCSVsFound', message };
}
