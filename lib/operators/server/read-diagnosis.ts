import 'server-only';
import type { Context } from '@/lib/kube/context';
import { KubeError } from '@/lib/kube/errors';
import { readable as readableObject } from '@/lib/kube/readable';
import type { KubeObject } from '@/lib/kube/types';
import type { Unread } from '../contract';
import type { InstallationRef } from '../diagnosis-contract';
import type { Diagnosis } from '../rules/diagnosis/cause';
import { diagnose, diagnoseClusterServiceVersion } from '../rules/diagnosis/diagnose';
import type { DiagnosisFacts, Surroundings } from '../rules/diagnosis/facts';
import { unservedDefinitions } from '../rules/diagnosis/requirements';
import {
  type CatalogSourceObject,
  type ClusterServiceVersionObject,
  type InstallPlanObject,
  isCopied,
  type OperatorGroupObject,
  type SubscriptionObject,
} from '../rules/objects';
import { readOfferedPackage } from '../rules/package-manifest';
import { readable } from './partial';
import { namespaceLister, readCloser } from './read-closer';
import {
  catalogSources,
  clusterServiceVersions,
  customResourceDefinitions,
  installPlans,
  operatorGroups,
  packageManifests,
  subscriptions,
} from './refs';

/** A diagnosis with everything that it was made from. */
export interface ReadDiagnosis {
  object: SubscriptionObject | ClusterServiceVersionObject;
  facts: Surroundings | DiagnosisFacts;
  diagnosis: Diagnosis;
  partial: Unread;
}

/**
 * Takes the closest look at one installation, with the user's own rights. What they may not read is noted in `partial`,
 * and nothing is concluded from it.
 * @throws KubeError 404 when there is no such Subscription or ClusterServiceVersion, 403 when the user may not read it
 */
export async function readDiagnosis(
  context: Context,
  { kind, namespace, name }: InstallationRef,
): Promise<ReadDiagnosis> {
  const { kube } = context;
  const partial: Unread = [];
  // The Subscription first: what it names exists by the time the rest is read.
  const subscription =
    kind === 'Subscription'
      ? await kube.get<SubscriptionObject>(subscriptions, name, { namespace })
      : undefined;
  const version =
    kind === 'ClusterServiceVersion'
      ? await kube.get<ClusterServiceVersionObject>(clusterServiceVersions, name, { namespace })
      : undefined;
  const catalogNamespace = subscription?.spec.sourceNamespace || namespace;
  const list = namespaceLister(context, partial);
  const [owners, plans, groups, catalogs, closer, manifests] = await Promise.all([
    readable(kube.list<SubscriptionObject>(subscriptions, { namespace }), partial),
    readable(kube.list<InstallPlanObject>(installPlans, { namespace }), partial),
    readable(kube.list<OperatorGroupObject>(operatorGroups, { namespace }), partial),
    readable(kube.list<CatalogSourceObject>(catalogSources), partial),
    readCloser(context, list, { namespace, catalogNamespace }, partial),
    subscription ? readOffers(context, subscription) : undefined,
  ]);
  const surroundings: Surroundings = {
    ...closer,
    subscriptionsInNamespace: owners,
    installPlans: plans,
    operatorGroups: groups,
    catalogSources: catalogs,
    offers: manifests,
    definitions: await readDefinitions(context, closer.clusterServiceVersions ?? [], partial),
    packageManifest: subscription && manifests && ownManifest(subscription, manifests),
    now: kube.now(),
  };
  if (!subscription) {
    if (!version) throw new Error(`kind ${kind} is not known`);
    const diagnosis = diagnoseClusterServiceVersion(version, surroundings);
    return { object: version, facts: surroundings, diagnosis, partial };
  }
  const facts = { ...surroundings, subscription };
  return { object: subscription, facts, diagnosis: diagnose(facts), partial };
}

const MAX_DEFINITIONS = 5;

/** The definitions that are there and hold up a version of the namespace; most often there are none. */
async function readDefinitions(
  { kube }: Context,
  versions: readonly ClusterServiceVersionObject[],
  partial: Unread,
): Promise<KubeObject[]> {
  const names = versions.flatMap((version) => (isCopied(version) ? [] : unservedDefinitions(version)));
  const found = await Promise.all(
    [...new Set(names)]
      .slice(0, MAX_DEFINITIONS)
      .map((name) => readableObject(kube.get<KubeObject>(customResourceDefinitions, name), partial)),
  );
  return found.filter((definition) => definition !== undefined);
}

/** The package as the catalogs have it that serve the namespace; undefined when they can't be asked. */
async function readOffers(
  { kube }: Context,
  { metadata, spec }: SubscriptionObject,
): Promise<KubeObject[] | undefined> {
  try {
    const { items } = await kube.list<KubeObject>(packageManifests, {
      namespace: metadata.namespace,
      fieldSelector: `metadata.name=${spec.name}`,
    });
    return items;
  } catch (error) {
    // An aggregated API that is down answers 503, and one that is not registered 404.
    if (error instanceof KubeError && [400, 403, 404, 503].includes(error.status)) return undefined;
    throw error;
  }
}

function ownManifest({ spec }: SubscriptionObject, manifests: readonly KubeObject[]): KubeObject | null {
  const own = manifests.find((manifest) => {
    const { catalog, catalogNamespace, name } = readOfferedPackage(manifest);
    return catalog === spec.source && catalogNamespace === spec.sourceNamespace && name === spec.name;
  });
  return own ?? null;
}
