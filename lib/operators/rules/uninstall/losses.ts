import type { Loss, UninstallApi } from '../../uninstall-contract';
import {
  type ClusterServiceVersionObject,
  type InstallPlanObject,
  isCopied,
  planNameOf,
  type SubscriptionObject,
} from '../objects';
import { field, list, optionalText } from '../untrusted';
import { definitionNames } from './provided-apis';

/** What stands around an installation that is to go. */
export interface Surroundings {
  namespace: string;
  package: string;
  subscription: SubscriptionObject | undefined;
  /** The ClusterServiceVersions that go. */
  versions: readonly ClusterServiceVersionObject[];
  /** Every ClusterServiceVersion that could be read. */
  allVersions: readonly ClusterServiceVersionObject[];
  /** Every other Subscription that could be read. */
  others: readonly SubscriptionObject[];
  plans: readonly InstallPlanObject[];
}

/** What this cluster loses, keeps, or gets into, when the installation goes: worst first. */
export function lossesOf(around: Surroundings, apis: readonly UninstallApi[]): Loss[] {
  const { namespace, versions, others, subscription } = around;
  if (!subscription && versions.length === 0) return [];
  const instances = apis.flatMap((api) => api.instances);
  const stuck = instances.filter(({ deleting, finalizers }) => deleting && finalizers.length > 0);
  const remaining = versionsThatStay(around);
  const owned = new Set(versions.flatMap((version) => definitionNames(version, 'owned')));
  const touching = (relation: 'owned' | 'required') =>
    remaining.filter((version) => definitionNames(version, relation).some((name) => owned.has(name)));
  const providers = touching('owned');
  return [
    loss('InstancesStuck', stuck.map(nameOf)),
    loss('OthersNeedApis', touching('required').map(labelOf)),
    loss(
      'InstancesUnmanaged',
      apis.filter((api) => api.instances.length > 0).map(({ kind }) => kind),
      instances.length,
    ),
    loss('OperatorStops', versions.flatMap(deploymentsOf)),
    loss('PlanShared', sharedPlan(around)),
    loss(
      'MovesNow',
      versions
        .filter(({ status }) => ['Installing', 'InstallReady', 'Replacing'].includes(status?.phase ?? ''))
        .map(({ metadata }) => metadata.name),
    ),
    loss('OthersProvideApis', providers.map(labelOf)),
    loss(
      'OtherInstallations',
      others
        .filter(
          ({ spec, metadata }) => spec.name === around.package && (metadata.namespace ?? '') !== namespace,
        )
        .map(({ metadata }) => metadata.namespace ?? ''),
    ),
    loss(
      'OthersStay',
      others.filter(({ metadata }) => metadata.namespace === namespace).map(({ metadata }) => metadata.name),
    ),
  ].filter(({ count }) => count > 0);
}

/** ClusterServiceVersions that are neither copies nor part of what goes. */
function versionsThatStay({ allVersions, versions }: Surroundings): ClusterServiceVersionObject[] {
  const going = new Set(versions.map(({ metadata }) => metadata.uid));
  return allVersions.filter((version) => !isCopied(version) && !going.has(version.metadata.uid));
}

/** The other ClusterServiceVersions of a plan that waits: OLM makes a new plan for them. */
function sharedPlan({ subscription, plans, others }: Surroundings): string[] {
  const name = subscription && planNameOf(subscription);
  const plan = plans.find(({ metadata }) => metadata.name === name);
  if (!plan || plan.spec.approved || plan.status?.phase !== 'RequiresApproval') return [];
  const waiting = new Set(others.map(({ status }) => status?.currentCSV));
  return (plan.spec.clusterServiceVersionNames ?? []).filter(
    (csv) => csv !== subscription?.status?.currentCSV && waiting.has(csv),
  );
}

function deploymentsOf({ spec }: ClusterServiceVersionObject): string[] {
  return list(spec?.install?.spec?.deployments, (deployment) => optionalText(field(deployment, 'name'), 253));
}

function nameOf({ namespace, name }: { namespace?: string; name: string }): string {
  return namespace ? `${namespace}/${name}` : name;
}

function labelOf({ metadata }: ClusterServiceVersionObject): string {
  return `${metadata.namespace}/${metadata.name}`;
}

function loss(code: Loss['code'], names: readonly string[], count = names.length): Loss {
  return { code, names: [...new Set(names)].slice(0, 20), count };
}
