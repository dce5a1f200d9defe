import 'server-only';
import type { KubeClient } from '@/lib/kube/client';
import type { ResourceRef } from '@/lib/kube/types';
import type { ApiObject, InstallPlanObject } from '../rules/objects';
import { soundGroup, soundPlan, soundSubscription, soundVersion } from '../rules/sound-objects';
import { clusterServiceVersions, installPlans, operatorGroups, subscriptions } from './refs';

/** OLM's objects as the rules may read them, see `sound-objects`; each throws KubeError as the API server answers. */
export const listSubscriptions = lister(subscriptions, soundSubscription);
export const listPlans = lister(installPlans, soundPlan);
export const listVersions = lister(clusterServiceVersions, soundVersion);
export const listGroups = lister(operatorGroups, soundGroup);

export async function getPlan(
  kube: KubeClient,
  { namespace, name }: { namespace: string; name: string },
): Promise<InstallPlanObject> {
  return soundPlan(await kube.get<InstallPlanObject>(installPlans, name, { namespace }));
}

function lister<T extends ApiObject>(ref: ResourceRef, sound: (object: T) => T) {
  return async (
    kube: KubeClient,
    options: Parameters<KubeClient['list']>[1] = {},
  ): Promise<{ items: T[] }> => {
    const { items } = await kube.list<T>(ref, options);
    return { items: items.map(sound) };
  };
}
