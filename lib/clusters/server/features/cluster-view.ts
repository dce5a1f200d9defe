import 'server-only';
import { openCollection, openWherePossible } from '@/lib/kube/collection';
import type { PlatformContext } from '@/lib/kube/context';
import { KubeError } from '@/lib/kube/errors';
import type { KubeObject, ResourceRef } from '@/lib/kube/types';
import type {
  ClusterServiceVersionObject,
  InstallPlanObject,
  SubscriptionObject,
} from '@/lib/operators/rules/objects';
import { clusterServiceVersions, installPlans, subscriptions } from '@/lib/operators/server/refs';
import { moduleInfos } from '@/lib/plugins/refs';
import { clusterNameOf } from '@/lib/plugins/rules/labels';
import type { ModuleInfoObject } from '@/lib/plugins/rules/objects';
import type { Step } from '../../features-contract';
import type { RunFacts } from '../../rules/features/judge-step';
import { patiently } from './patience';

/** What a run has to know of its cluster, kept in step by watches while the run is carried out. */
export interface ClusterView {
  facts(): RunFacts;
}

/**
 * Opens the view of a run: operators are followed on its own cluster, plugins on the global one. What the user may not
 * read at all stays empty: no step of theirs is about it.
 * @param onChange called after every change
 */
export async function openClusterView(
  context: PlatformContext,
  steps: readonly Pick<Step, 'kind' | 'namespace'>[],
  onChange: () => void,
): Promise<ClusterView> {
  const { kube, global, cluster, signal } = context;
  const namespaces = [...new Set(steps.flatMap(({ namespace }) => namespace ?? []))];
  const follow = <T extends KubeObject>(ref: ResourceRef, slim: (object: T) => T) =>
    readable(() => openWherePossible<T>(kube, ref, { namespaces, signal }, slim, onChange), signal);
  const [owners, plans, versions, infos] = await Promise.all([
    follow<SubscriptionObject>(subscriptions, withoutFields),
    follow<InstallPlanObject>(installPlans, slimPlan),
    follow<ClusterServiceVersionObject>(clusterServiceVersions, slimVersion),
    global &&
      readable(
        () => openCollection<ModuleInfoObject>(global, moduleInfos, { signal }, withoutFields, onChange),
        signal,
      ),
  ]);
  return {
    facts: () => ({
      subscriptions: owners?.items() ?? [],
      installPlans: plans?.items() ?? [],
      clusterServiceVersions: versions?.items() ?? [],
      moduleInfos: (infos?.items() ?? []).filter((info) => clusterNameOf(info) === cluster.name),
      now: kube.now(),
    }),
  };
}

async function readable<T>(open: () => Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  try {
    return await patiently(open, signal);
  } catch (error) {
    if (error instanceof KubeError && (error.status === 403 || error.status === 404)) return undefined;
    throw error;
  }
}

function withoutFields<T extends KubeObject>(object: T): T {
  const { managedFields: _, ...metadata } = object.metadata as T['metadata'] & { managedFields?: unknown };
  return { ...object, metadata };
}

/** A plan's steps hold whole manifests. */
function slimPlan(plan: InstallPlanObject): InstallPlanObject {
  const { phase, message, conditions } = plan.status ?? {};
  return { ...withoutFields(plan), status: plan.status && { phase, message, conditions } };
}

/** A ClusterServiceVersion is a hundred kilobytes, of which the rules of status read a few lines. */
function slimVersion({ apiVersion, kind, metadata, spec, status }: ClusterServiceVersionObject) {
  const { name, namespace, uid, resourceVersion, creationTimestamp, deletionTimestamp, labels } = metadata;
  const { phase, reason, message, lastUpdateTime } = status ?? {};
  return {
    apiVersion,
    kind,
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp, deletionTimestamp, labels },
    spec: { version: spec?.version, replaces: spec?.replaces, displayName: spec?.displayName },
    status: { phase, reason, message, lastUpdateTime },
  };
}
