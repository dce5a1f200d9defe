import 'server-only';
import type { Context } from '@/lib/kube/context';
import type { InstallationDiagnosis, InstallationRef } from '../diagnosis-contract';
import type { Action, Write } from '../rules/diagnosis/action';
import { actionsFor } from '../rules/diagnosis/actions';
import { isWell } from '../rules/diagnosis/cause';
import type { Surroundings } from '../rules/diagnosis/facts';
import { stuckOf } from '../rules/diagnosis/sentence';
import { todoOf } from '../rules/diagnosis/todo';
import { readDiagnosis } from './read-diagnosis';
import { readTellingLog } from './read-pod-log';
import { writtenRefs } from './written-refs';

/**
 * Says of one installation what it waits for, which object says so, and what can be done about it.
 * @throws KubeError 404 when there is no such Subscription or ClusterServiceVersion, 403 when the user may not read it
 */
export async function diagnoseInstallation(
  context: Context,
  ref: InstallationRef,
): Promise<InstallationDiagnosis> {
  const { diagnosis, facts, partial } = await readDiagnosis(context, ref);
  return {
    ...stuckOf(diagnosis),
    well: isWell(diagnosis.cause),
    todo: todoOf(diagnosis.cause),
    field: diagnosis.says.field,
    usual: diagnosis.usual,
    actions: actionsFor(diagnosis, facts).map(onWire),
    log: await readTellingLog(context, diagnosis, partial),
    looked: countsOf(facts),
    partial,
  };
}

function onWire({ writes, ...action }: Action): InstallationDiagnosis['actions'][number] {
  return { ...action, changes: writes.map(changeOf) };
}

function changeOf({ verb, kind, namespace, name }: Write) {
  const { group, resource } = writtenRefs[kind];
  return { verb, kind, group, resource, namespace, name };
}

function countsOf(facts: Surroundings): InstallationDiagnosis['looked'] {
  const lists: [string, readonly unknown[] | undefined][] = [
    ['Subscription', facts.subscriptionsInNamespace],
    ['InstallPlan', facts.installPlans],
    ['ClusterServiceVersion', facts.clusterServiceVersions],
    ['OperatorGroup', facts.operatorGroups],
    ['CatalogSource', facts.catalogSources],
    ['Job', facts.jobs],
    ['Deployment', facts.deployments],
    ['Pod', facts.pods],
    ['Event', facts.events],
  ];
  return lists.flatMap(([kind, items]) => (items ? [{ kind, count: items.length }] : []));
}
