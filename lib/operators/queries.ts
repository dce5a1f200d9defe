import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { request } from '@/lib/http/fetch';
import {
  type SubscriptionChange,
  type SubscriptionChangeInput,
  subscriptionChangeSchema,
  type UpgradeAimInput,
  upgradeAimSchema,
} from './change-contract';
import { type OperatorRef, operatorListSchema, operatorSchema } from './contract';
import {
  type InstallInput,
  type InstallResult,
  installFactsSchema,
  installNamespaceListSchema,
  installResultSchema,
} from './install-contract';
import {
  installedOperatorListSchema,
  operatorEventListSchema,
  operatorObjectListSchema,
  operatorRightsListSchema,
} from './installed-contract';
import {
  type ApproveInput,
  type InstallPlan,
  installPlanSchema,
  listedPlanListSchema,
  planObjectSchema,
  planReviewSchema,
} from './plan-contract';

// Live events say when an answer is out of date; nothing here grows old by itself.
const staleTime = Number.POSITIVE_INFINITY;

const clusterPath = (cluster: string) => `/api/clusters/${encodeURIComponent(cluster)}`;

/** The address of one operator's routes; `…/icon` is an image. */
export function operatorPath(cluster: string, { catalogNamespace, catalog, name }: OperatorRef): string {
  const parts = [catalogNamespace, catalog, name].map(encodeURIComponent);
  return `${clusterPath(cluster)}/operators/${parts.join('/')}`;
}

/** An InstallPlan's namespace and name. */
interface PlanPlace {
  namespace: string;
  name: string;
}

/** For users who may not read the whole cluster: answers only of the namespace that they may read. */
export interface Scope {
  namespace?: string;
}

/** The catalogue of a cluster: one row per (catalog, package), with its status. */
export function operatorsQuery(cluster: string, scope: Scope = {}) {
  return queryOptions({
    queryKey: ['clusters', cluster, 'operators', ...keyOf(scope)],
    queryFn: ({ signal }) =>
      request(operatorListSchema, `${clusterPath(cluster)}/operators${search(scope)}`, { signal }),
    staleTime,
  });
}

/** One operator, whole, with every Subscription of it on the cluster. */
export function operatorQuery(cluster: string, ref: OperatorRef, scope: Scope = {}) {
  return queryOptions({
    queryKey: [
      'clusters',
      cluster,
      'operators',
      ref.catalogNamespace,
      ref.catalog,
      ref.name,
      ...keyOf(scope),
    ],
    queryFn: ({ signal }) => request(operatorSchema, operatorPath(cluster, ref) + search(scope), { signal }),
    staleTime,
  });
}

/** Events of an operator's installations. Events are too many to be told live: they are fresh for 15 s. */
export function operatorEventsQuery(cluster: string, ref: OperatorRef, scope: Scope = {}) {
  return queryOptions({
    queryKey: [...operatorQuery(cluster, ref, scope).queryKey, 'events'],
    queryFn: ({ signal }) =>
      request(operatorEventListSchema, `${operatorPath(cluster, ref)}/events${search(scope)}`, { signal }),
    staleTime: 15_000,
  });
}

/** Subscriptions, plans and ClusterServiceVersions of an operator, as YAML. */
export function operatorObjectsQuery(cluster: string, ref: OperatorRef, scope: Scope = {}) {
  return queryOptions({
    queryKey: [...operatorQuery(cluster, ref, scope).queryKey, 'objects'],
    queryFn: ({ signal }) =>
      request(operatorObjectListSchema, `${operatorPath(cluster, ref)}/objects${search(scope)}`, { signal }),
    staleTime,
  });
}

/** The rights that an operator asks for, as far as a plan or ClusterServiceVersion tells them. */
export function operatorRightsQuery(cluster: string, ref: OperatorRef, scope: Scope = {}) {
  return queryOptions({
    queryKey: [...operatorQuery(cluster, ref, scope).queryKey, 'rights'],
    queryFn: ({ signal }) =>
      request(operatorRightsListSchema, `${operatorPath(cluster, ref)}/rights${search(scope)}`, { signal }),
    staleTime,
  });
}

/** What OLM runs on a cluster: one row per Subscription and per ClusterServiceVersion without one. */
export function installedOperatorsQuery(cluster: string, scope: Scope = {}) {
  return queryOptions({
    // Below the operators, so that what changes those makes it stale too.
    queryKey: ['clusters', cluster, 'operators', 'installed', ...keyOf(scope)],
    queryFn: ({ signal }) =>
      request(installedOperatorListSchema, `${clusterPath(cluster)}/installed${search(scope)}`, { signal }),
    staleTime,
  });
}

/** Every InstallPlan of a cluster; `approvable` tells those that wait. */
export function installPlansQuery(cluster: string, scope: Scope = {}) {
  return queryOptions({
    queryKey: ['clusters', cluster, 'installplans', ...keyOf(scope)],
    queryFn: ({ signal }) =>
      request(listedPlanListSchema, `${clusterPath(cluster)}/installplans${search(scope)}`, { signal }),
    staleTime,
  });
}

/** One InstallPlan, whole, against what runs. */
export function installPlanQuery(cluster: string, plan: PlanPlace) {
  return queryOptions({
    queryKey: ['clusters', cluster, 'installplans', plan.namespace, plan.name],
    queryFn: ({ signal }) => request(planReviewSchema, planPath(cluster, plan), { signal }),
    staleTime,
  });
}

/**
 * The same for a row of a table. It is kept for a minute and not asked again at every event of the cluster: a plan
 * does not change any more once it waits.
 */
export function planDigestQuery(cluster: string, plan: PlanPlace & { uid: string }) {
  return queryOptions({
    queryKey: ['clusters', cluster, 'plan-digests', plan.uid],
    queryFn: ({ signal }) => request(planReviewSchema, planPath(cluster, plan), { signal }),
    staleTime: 60_000,
  });
}

/** The object of one step of a plan as YAML; the plan itself without `step`. */
export function planObjectQuery(cluster: string, plan: PlanPlace & { uid: string }, step?: number) {
  const query = step === undefined ? '' : `?step=${step}`;
  return queryOptions({
    queryKey: ['clusters', cluster, 'plan-objects', plan.uid, step ?? 'plan'],
    queryFn: ({ signal }) =>
      request(planObjectSchema, `${planPath(cluster, plan)}/object${query}`, { signal }),
    staleTime: 60_000,
    retry: false,
  });
}

/** The namespaces of a cluster with what the install form has to know of each. */
export function installNamespacesQuery(cluster: string, scope: Scope = {}) {
  return queryOptions({
    queryKey: ['clusters', cluster, 'namespaces', ...keyOf(scope)],
    queryFn: ({ signal }) =>
      request(installNamespaceListSchema, `${clusterPath(cluster)}/namespaces${search(scope)}`, { signal }),
    staleTime,
  });
}

/** What of the cluster could make an installation of the operator fail. */
export function installFactsQuery(cluster: string, ref: OperatorRef, scope: Scope = {}) {
  return queryOptions({
    queryKey: [...operatorQuery(cluster, ref, scope).queryKey, 'install'],
    queryFn: ({ signal }) =>
      request(installFactsSchema, `${operatorPath(cluster, ref)}/install${search(scope)}`, { signal }),
    staleTime,
  });
}

/**
 * Subscribes an operator; with `dryRun` nothing is written.
 * @throws ProblemResponse whose `fields` name wrong input by path, and whose `steps` are InstallSteps
 */
export function installOperator(
  cluster: string,
  ref: OperatorRef,
  input: InstallInput,
  options: { dryRun?: boolean; signal?: AbortSignal } = {},
): Promise<InstallResult> {
  const query = options.dryRun ? '?dryRun=true' : '';
  return request(installResultSchema, `${operatorPath(cluster, ref)}/install${query}`, {
    method: 'POST',
    body: input,
    signal: options.signal,
  });
}

/** What a change of a Subscription would do; the cluster checks it and stores nothing. */
export function subscriptionChangeQuery(cluster: string, ref: OperatorRef, input: SubscriptionChangeInput) {
  return queryOptions({
    queryKey: [...operatorQuery(cluster, ref).queryKey, 'change', input],
    queryFn: ({ signal }) => changeSubscription(cluster, ref, input, { dryRun: true, signal }),
    staleTime,
    retry: false,
  });
}

/**
 * Changes channel, approval strategy or both of one Subscription.
 * @throws ProblemResponse whose `fields` name wrong input, `conflict` when somebody else changed it in between
 */
export function changeSubscription(
  cluster: string,
  ref: OperatorRef,
  input: SubscriptionChangeInput,
  options: { dryRun?: boolean; signal?: AbortSignal } = {},
): Promise<SubscriptionChange> {
  const query = options.dryRun ? '?dryRun=true' : '';
  return request(subscriptionChangeSchema, `${operatorPath(cluster, ref)}/subscription${query}`, {
    method: 'PATCH',
    body: input,
    signal: options.signal,
  });
}

/**
 * Says where the upgrade of a Subscription ends that pages approve hop by hop, or that it ends here.
 * @throws ProblemResponse `invalid-input` when OLM can't be stopped there
 */
export function aimUpgrade(cluster: string, ref: OperatorRef, input: UpgradeAimInput): Promise<unknown> {
  const path = `${operatorPath(cluster, ref)}/upgrade`;
  return request(upgradeAimSchema, path, { method: 'PUT', body: input });
}

/**
 * Approves exactly the plan that was reviewed.
 * @throws ProblemResponse `conflict` when the plan is no longer what was reviewed
 */
export function approveInstallPlan(
  cluster: string,
  plan: PlanPlace,
  input: ApproveInput,
): Promise<InstallPlan> {
  return request(installPlanSchema, `${planPath(cluster, plan)}/approve`, { method: 'POST', body: input });
}

/**
 * Deletes a plan that nobody will execute any more.
 * @throws ProblemResponse `conflict` when it is in use or another one by now
 */
export function cleanUpInstallPlan(cluster: string, plan: PlanPlace & { uid: string }): Promise<unknown> {
  const query = new URLSearchParams({ uid: plan.uid });
  return request(z.object({ uid: z.string() }), `${planPath(cluster, plan)}?${query}`, { method: 'DELETE' });
}

// Without a scope the key is a prefix of all others of its subject, so that it invalidates them too.
function keyOf({ namespace }: Scope): { namespace: string }[] {
  return namespace ? [{ namespace }] : [];
}

function search({ namespace }: Scope): string {
  return namespace ? `?${new URLSearchParams({ namespace })}` : '';
}

function planPath(cluster: string, { namespace, name }: PlanPlace): string {
  return `${clusterPath(cluster)}/installplans/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}`;
}
