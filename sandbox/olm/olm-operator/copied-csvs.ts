import { runController, watchOf } from '../../client/controller.ts';
import type { EventRecorder } from '../../client/event-recorder.ts';
import { keyOf, splitKey } from '../../client/informer.ts';
import { hasReason } from '../../client/status-error.ts';
import type { KubeObject } from '../../client/types.ts';
import { type ClusterServiceVersion, copiedFromLabel, isCopied } from '../api.ts';
import { changeStatus, type OlmContext } from '../context.ts';
import { refs } from '../refs.ts';
import { hashOf } from '../text.ts';
import { deleteIfThere } from './cleanup.ts';
import { copiesDisabled } from './olm-config.ts';

/**
 * Copies every CSV into the namespaces that its OperatorGroup watches, so that their users see the operator. For
 * operators that watch all namespaces the cluster's OLMConfig can switch that off.
 */
export function runCopiedCsvs(olm: OlmContext, events: EventRecorder): void {
  const { cluster, csvs } = olm;
  const { informers, signal, clock } = cluster;
  const namespaces = informers.of(refs.namespaces);
  const originals = () =>
    csvs
      .list()
      .filter((csv) => !isCopied(csv))
      .map(keyOf);
  runController({
    name: 'copied-csvs',
    signal,
    clock,
    watches: [
      watchOf(csvs, ({ type, object }) => {
        const from = object.metadata.labels?.[copiedFromLabel];
        if (from === undefined) return [keyOf(object)];
        return type === 'ADDED' ? [] : [`${from}/${object.metadata.name}`];
      }),
      watchOf(namespaces, ({ type }) => (type === 'ADDED' ? originals() : [])),
      watchOf(informers.of(refs.olmConfigs), originals),
    ],
    reconcile: async (key) => {
      const { name, namespace = '' } = splitKey(key);
      const original = csvs.get(key);
      const wanted = new Set(
        original && !isCopied(original) ? targetsOf(olm, original, namespaces.list()) : [],
      );
      for (const copy of csvs.list()) {
        const { labels, name: copyName, namespace: home = '' } = copy.metadata;
        if (copyName !== name || labels?.[copiedFromLabel] !== namespace || wanted.has(home)) continue;
        await deleteIfThere(olm, refs.clusterServiceVersions, home, name);
      }
      if (!original) return;
      for (const target of wanted) await copyTo(olm, original, target);
      if (watchesAll(original) && copiesDisabled(olm)) await tellDisabled(events, original);
    },
  });
}

function watchesAll({ metadata }: ClusterServiceVersion): boolean {
  return metadata.annotations?.['olm.targetNamespaces'] === '';
}

function targetsOf(olm: OlmContext, csv: ClusterServiceVersion, namespaces: KubeObject[]): string[] {
  const { annotations, namespace = '', deletionTimestamp } = csv.metadata;
  const targets = annotations?.['olm.targetNamespaces'];
  const { phase, reason } = csv.status ?? {};
  if (targets === undefined || deletionTimestamp || phase === undefined) return [];
  if (phase === 'Failed' && reason?.endsWith('OperatorGroup')) return [];
  if (watchesAll(csv) && copiesDisabled(olm)) return [];
  const alive = namespaces
    .filter(({ metadata }) => !metadata.deletionTimestamp)
    .map(({ metadata }) => metadata.name ?? '');
  const watched = new Set(targets.split(','));
  return alive.filter((name) => name !== namespace && (targets === '' || watched.has(name)));
}

async function copyTo(olm: OlmContext, original: ClusterServiceVersion, namespace: string): Promise<void> {
  const { client } = olm.cluster;
  const { name = '', labels, annotations, namespace: home = '' } = original.metadata;
  const there = olm.csvs.get({ namespace, name });
  if (there && !isCopied(there)) return;
  // Which namespaces an operator watches is nobody's business in the others.
  const { 'olm.targetNamespaces': _hidden, ...shown } = annotations ?? {};
  const copyLabels = { ...withoutOperatorLabels(labels), [copiedFromLabel]: home };
  const status = {
    ...original.status,
    message: `The operator is running in ${home} but is managing this namespace`,
    reason: 'Copied',
  };
  const same = there && hashOf([there.spec, there.metadata.annotations]) === hashOf([original.spec, shown]);
  try {
    if (!there) {
      const copy: ClusterServiceVersion = {
        apiVersion: original.apiVersion,
        kind: original.kind,
        metadata: { name, namespace, labels: copyLabels, annotations: shown },
        spec: original.spec,
      };
      await client.create(refs.clusterServiceVersions, copy, { fieldManager: 'olm' });
    } else if (!same) {
      const body = { metadata: { annotations: shown, labels: copyLabels }, spec: original.spec };
      await client.patch(refs.clusterServiceVersions, { namespace, name }, body, { type: 'merge' });
    }
    await changeStatus<ClusterServiceVersion>(
      client,
      refs.clusterServiceVersions,
      { namespace, name },
      (latest) => {
        if (!isCopied(latest) || JSON.stringify(latest.status) === JSON.stringify(status)) return false;
        latest.status = status;
        return true;
      },
    );
  } catch (error) {
    // The namespace began to go away meanwhile, or someone else copied first.
    const expected = ['NotFound', 'Forbidden', 'AlreadyExists'];
    if (!expected.some((reason) => hasReason(error, reason))) throw error;
  }
}

function withoutOperatorLabels(labels: Record<string, string> | undefined): Record<string, string> {
  return Object.fromEntries(
    Object.entries(labels ?? {}).filter(([name]) => !name.startsWith('operators.coreos.com/')),
  );
}

/** The uids of CSVs about which an Event has been written. */
const toldDisabled = new Set<string>();

async function tellDisabled(events: EventRecorder, csv: ClusterServiceVersion): Promise<void> {
  if (csv.status?.phase !== 'Succeeded' || csv.status.reason !== 'InstallSucceeded') return;
  const { namespace, name, uid } = csv.metadata;
  if (toldDisabled.has(uid ?? '')) return;
  toldDisabled.add(uid ?? '');
  await events.record(csv, 'Warning', 'DisabledCopiedCSVs', `CSV copying disabled for ${namespace}/${name}`);
}
