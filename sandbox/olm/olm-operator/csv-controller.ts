import { runController, watchOf } from '../../client/controller.ts';
import type { EventRecorder } from '../../client/event-recorder.ts';
import { keyOf } from '../../client/informer.ts';
import type { KubeObject } from '../../client/types.ts';
import { type ClusterServiceVersion, isCopied } from '../api.ts';
import { changeObject, type OlmContext } from '../context.ts';
import { refs } from '../refs.ts';
import { cleanUp, csvFinalizer } from './cleanup.ts';
import { nextPhase } from './csv-phases.ts';
import { groupAnnotations } from './group-annotations.ts';
import { setPhase } from './phase.ts';
import { successorOf } from './requirements.ts';

/** Drives every CSV through its phases until it runs, is replaced or is deleted (the olm-operator's main loop). */
export function runCsvController(olm: OlmContext, events: EventRecorder): void {
  const { cluster, csvs, operatorGroups } = olm;
  const { informers, clock, signal } = cluster;
  const csvOfOwner = ({ object }: { object: KubeObject }) => ownersOf(object);
  const serverVersion = versionOf(olm);
  runController({
    name: 'csvs',
    signal,
    clock,
    concurrency: 32,
    watches: [
      watchOf(csvs, ({ type, object }) => {
        const related = object.spec.replaces ? [`${object.metadata.namespace}/${object.spec.replaces}`] : [];
        const successor = type === 'DELETED' ? undefined : successorOf(olm, object);
        return [keyOf(object), ...related, ...(successor ? [keyOf(successor)] : [])];
      }),
      watchOf(operatorGroups, ({ object }) => csvs.list(object.metadata.namespace).map(keyOf)),
      watchOf(informers.of(refs.deployments), csvOfOwner),
      watchOf(informers.of(refs.serviceAccounts), csvOfOwner),
      watchOf(informers.of(refs.crds), ({ object }) =>
        csvs
          .list()
          .filter((csv) => usesCrd(csv, object.metadata.name ?? ''))
          .map(keyOf),
      ),
    ],
    reconcile: async (key) => {
      const csv = csvs.get(key);
      if (!csv || isCopied(csv)) return undefined;
      if (csv.metadata.deletionTimestamp) {
        await cleanUp(olm, csv);
        return undefined;
      }
      const ready = await prepare(olm, events, csv);
      return ready ? nextPhase(olm, events, ready, await serverVersion()) : undefined;
    },
  });
}

/** Finalizer first, then the annotations that come from the OperatorGroup; nothing while the group is wrong. */
async function prepare(
  olm: OlmContext,
  events: EventRecorder,
  csv: ClusterServiceVersion,
): Promise<ClusterServiceVersion | undefined> {
  const { namespace, name = '' } = csv.metadata;
  const edit = (change: (latest: ClusterServiceVersion) => boolean) =>
    changeObject<ClusterServiceVersion>(
      olm.cluster.client,
      refs.clusterServiceVersions,
      { namespace, name },
      change,
    );
  if (!csv.metadata.finalizers?.includes(csvFinalizer)) {
    await edit((latest) => {
      if (latest.metadata.finalizers?.includes(csvFinalizer)) return false;
      latest.metadata.finalizers = [...(latest.metadata.finalizers ?? []), csvFinalizer];
      return true;
    });
  }
  // A CSV that is on its way out keeps what it had: its group may be gone before it.
  if (csv.status?.phase === 'Replacing' || csv.status?.phase === 'Deleting') return csv;
  const group = groupAnnotations(olm, csv);
  if ('phase' in group) {
    await setPhase(olm, events, csv, group);
    return undefined;
  }
  return edit((latest) => {
    const annotations = { ...latest.metadata.annotations, ...group.annotations };
    const changed = Object.entries(group.annotations).some(
      ([key, value]) => latest.metadata.annotations?.[key] !== value,
    );
    if (changed) latest.metadata.annotations = annotations;
    return changed;
  });
}

function versionOf(olm: OlmContext): () => Promise<string> {
  let version: Promise<string> | undefined;
  return () => {
    version ??= olm.cluster.client
      .text('/version')
      .then((text) => (JSON.parse(text) as { gitVersion: string }).gitVersion);
    return version;
  };
}

function ownersOf({ metadata }: KubeObject): string[] {
  return (metadata.ownerReferences ?? [])
    .filter(({ kind }) => kind === 'ClusterServiceVersion')
    .map(({ name }) => `${metadata.namespace}/${name}`);
}

function usesCrd({ spec }: ClusterServiceVersion, name: string): boolean {
  const { owned = [], required = [] } = spec.customresourcedefinitions ?? {};
  return [...owned, ...required].some((it) => it.name === name);
}
