import type { InstallMode } from '../contract';
import type { ApiOwner, InstallFacts, InstallInput, InstallNamespace } from '../install-contract';
import { type Installable, supportsMode, watchedNamespaces } from './install-modes';

/** What stands in the way of an installation, with all that its cure has to know. */
export type InstallConflict =
  | { code: 'AlreadySubscribed'; subscription: InstallNamespace['subscriptions'][number] }
  | { code: 'SeveralOperatorGroups'; operatorGroups: string[] }
  | {
      code: 'OperatorGroupOfAnotherMode';
      operatorGroup: string;
      /** What it watches; empty means all namespaces. */
      watches: string[];
      /** The choice that fits it, where the operator supports that. */
      cure?: { mode: InstallMode; targetNamespaces?: string[] };
    }
  | { code: 'ApiAlreadyProvided'; owner: ApiOwner }
  | { code: 'CatalogOfAnotherNamespace' }
  | { code: 'CatalogMissing' }
  | { code: 'CatalogDead'; state: string }
  | { code: 'DependencyNotFound'; apis: string[] }
  | { code: 'BecomesManual'; others: string[] }
  | { code: 'MakesOthersManual'; others: string[] }
  | { code: 'HeldUpByPlan'; plan: string; clusterServiceVersionNames: string[] };

/** Conflicts with which nothing can be installed; the others are told, and may be what the reader wants. */
const blocking: readonly InstallConflict['code'][] = [
  'AlreadySubscribed',
  'SeveralOperatorGroups',
  'OperatorGroupOfAnotherMode',
  'ApiAlreadyProvided',
  'CatalogOfAnotherNamespace',
];

/** Whether an installation is not sent at all because of it. */
export function blocks({ code }: InstallConflict): boolean {
  return blocking.includes(code);
}

/**
 * Every conflict that can be seen before anything is sent.
 * @param namespace what is known of the chosen namespace; `undefined` when it does not exist yet
 * @param facts what the cluster has around the operator; `undefined` while that is not known
 */
export function conflictsOf(
  operator: Installable,
  input: InstallInput,
  namespace: InstallNamespace | undefined,
  facts?: InstallFacts,
): InstallConflict[] {
  const ofGroup = namespace ? groupConflicts(operator, input, namespace) : [];
  // The Subscription that is there already is told as such, not once more as the provider of its own APIs.
  const owners = ofGroup.some(({ code }) => code === 'AlreadySubscribed')
    ? facts?.apiOwners.filter((owner) => owner.namespace !== input.namespace)
    : facts?.apiOwners;
  return [
    ...ofGroup,
    ...(facts ? catalogConflicts(operator, input, facts) : []),
    ...(facts && owners ? apiConflicts(operator, input, { ...facts, apiOwners: owners }) : []),
    ...(namespace ? sharingConflicts(input, namespace) : []),
  ];
}

/** OLM works only in a namespace with exactly one OperatorGroup, and a package can be subscribed there once. */
function groupConflicts(
  operator: Installable,
  input: InstallInput,
  { subscriptions, operatorGroups }: InstallNamespace,
): InstallConflict[] {
  const subscription = subscriptions.find((one) => one.package === operator.name);
  if (subscription) return [{ code: 'AlreadySubscribed', subscription }];
  if (operatorGroups.length > 1) {
    return [{ code: 'SeveralOperatorGroups', operatorGroups: operatorGroups.map(({ name }) => name) }];
  }
  const [group] = operatorGroups;
  if (!group || sameNames(group.targetNamespaces, watchedNamespaces(input))) return [];
  return [
    {
      code: 'OperatorGroupOfAnotherMode',
      operatorGroup: group.name,
      watches: group.targetNamespaces,
      cure: fittingMode(operator, input, group.targetNamespaces),
    },
  ];
}

function fittingMode(operator: Installable, { channel, namespace }: InstallInput, watches: string[]) {
  const fitting = (): { mode: InstallMode; targetNamespaces?: string[] } => {
    if (watches.length === 0) return { mode: 'AllNamespaces' };
    if (watches.length > 1) return { mode: 'MultiNamespace', targetNamespaces: watches };
    return watches[0] === namespace
      ? { mode: 'OwnNamespace' }
      : { mode: 'SingleNamespace', targetNamespaces: watches };
  };
  const chosen = operator.channels.find(({ name }) => name === channel);
  const cure = fitting();
  return chosen && supportsMode(chosen, cure.mode) ? cure : undefined;
}

function catalogConflicts(
  { catalogNamespace }: Installable,
  { namespace }: InstallInput,
  { catalog }: InstallFacts,
): InstallConflict[] {
  const conflicts: InstallConflict[] = [];
  if (catalog.global === false && namespace !== catalogNamespace) {
    conflicts.push({ code: 'CatalogOfAnotherNamespace' });
  }
  if (catalog.exists === false) conflicts.push({ code: 'CatalogMissing' });
  // An idle connection wakes up when it is asked; without a state OLM has not looked yet.
  else if (!['', 'READY', 'IDLE'].includes(catalog.state)) {
    conflicts.push({ code: 'CatalogDead', state: catalog.state });
  }
  return conflicts;
}

/**
 * OLM lets no two operators provide one API to the same namespace, and in one namespace only one at all. What the
 * chosen version needs is known of the channel's head alone.
 */
function apiConflicts(operator: Installable, input: InstallInput, facts: InstallFacts): InstallConflict[] {
  const channel = operator.channels.find(({ name }) => name === input.channel);
  const provided = new Set(channel?.providedApis.map(({ name }) => name));
  const watched = watchedNamespaces(input);
  const owners = facts.apiOwners.flatMap((owner): InstallConflict[] => {
    const apis = owner.apis.filter((api) => provided.has(api));
    const meets = owner.namespace === input.namespace || intersect(owner.targetNamespaces, watched);
    return apis.length > 0 && meets ? [{ code: 'ApiAlreadyProvided', owner: { ...owner, apis } }] : [];
  });
  const missing = (channel?.requiredApis ?? [])
    .map(({ name }) => name)
    .filter((name) => facts.missingApis.includes(name));
  return missing.length > 0 ? [...owners, { code: 'DependencyNotFound', apis: missing }] : owners;
}

/** What it means to share a namespace: OLM resolves all its Subscriptions together, and one Manual makes all Manual. */
function sharingConflicts(
  { approval }: InstallInput,
  { subscriptions, waitingPlans }: InstallNamespace,
): InstallConflict[] {
  const others = subscriptions.filter((one) => one.approval !== approval).map(({ name }) => name);
  const sharing: InstallConflict[] =
    others.length === 0
      ? []
      : [{ code: approval === 'Automatic' ? 'BecomesManual' : 'MakesOthersManual', others }];
  const waiting = waitingPlans.map(
    ({ name, clusterServiceVersionNames }): InstallConflict => ({
      code: 'HeldUpByPlan',
      plan: name,
      clusterServiceVersionNames,
    }),
  );
  return [...sharing, ...waiting];
}

/** Whether two lists of watched namespaces meet; an empty one means all, and what is not known meets nothing. */
function intersect(left: readonly string[] | undefined, right: readonly string[]): boolean {
  if (left === undefined) return false;
  return left.length === 0 || right.length === 0 || left.some((name) => right.includes(name));
}

function sameNames(left: readonly string[], right: readonly string[]): boolean {
  return [...left].sort().join(',') === [...right].sort().join(',');
}
