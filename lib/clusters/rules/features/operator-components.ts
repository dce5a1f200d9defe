import type { InstalledOperator } from '@/lib/operators/installed-contract';
import { brokenConnection } from '@/lib/operators/rules/absent';
import { subscriptionsOf, waitsForApproval } from '@/lib/operators/rules/approval';
import type { InstalledFacts } from '@/lib/operators/rules/installed';
import { type InstallPlanObject, planNameOf, type SubscriptionObject } from '@/lib/operators/rules/objects';
import { lookupsOf } from '@/lib/operators/rules/plan/install-plan';
import type { Block, Component, ComponentList } from '../../features-contract';
import { blocked } from './component';

/** The one source whose operators are upgraded in batches (product document, "Upgrade Process"). */
const BATCH_SOURCE = 'Alauda';

type Facts = Pick<InstalledFacts, 'subscriptions' | 'installPlans' | 'offered' | 'catalogSources'>;

/** The installed operators of a cluster, each with whether its upgrade can join a batch. */
export function operatorComponents(rows: readonly InstalledOperator[], facts: Facts): Component[] {
  return rows.map((row) => operatorComponent(row, facts));
}

/** Catalogs that OLM can't reach just now. */
export function deadCatalogsOf({
  catalogSources = [],
}: Pick<Facts, 'catalogSources'>): ComponentList['deadCatalogs'] {
  return catalogSources.flatMap((source) => {
    const state = brokenConnection(source);
    return state ? [{ namespace: source.metadata.namespace ?? '', name: source.metadata.name, state }] : [];
  });
}

function operatorComponent(row: InstalledOperator, facts: Facts): Component {
  const subscription = facts.subscriptions?.find(({ metadata }) => metadata.uid === row.uid);
  const plan = subscription && waitingPlan(subscription, facts);
  const names = plan?.spec.clusterServiceVersionNames ?? [];
  const source = sourceOfPackage(row.operator, facts);
  const { operator } = row;
  const dead = deadCatalogsOf(facts).find(
    ({ namespace, name }) => namespace === operator?.catalogNamespace && name === operator.catalog,
  );
  const component = {
    kind: 'operator' as const,
    namespace: row.namespace,
    name: row.name,
    displayName: { en: row.displayName, zh: row.displayName },
    from: row.installedVersion ?? '',
    to: row.newVersion && row.newVersion !== row.installedVersion ? row.newVersion : '',
    status: row.status,
    origin: source ?? '',
    operator,
    plan: plan && { name: plan.metadata.name, uid: plan.metadata.uid, clusterServiceVersionNames: names },
    sharedWith: plan
      ? subscriptionsOf(plan, facts.subscriptions ?? [])
          .filter(
            ({ metadata }) => metadata.uid !== row.uid && names.includes(currentOf(metadata.uid, facts)),
          )
          .map(({ metadata }) => metadata.name)
      : [],
    after: [],
    needs: [],
    deadCatalog: dead && `${dead.name}: ${dead.state}`,
    stuck: row.stuck,
    blockReasons: [],
  };
  const block = blockOf(row, source, plan, facts);
  const silent = block?.code === 'sourceUnknown' && component.deadCatalog;
  return blocked(component, silent ? { code: 'catalogSilent', values: { catalog: silent } } : block);
}

function blockOf(
  row: InstalledOperator,
  source: string | undefined,
  plan: InstallPlanObject | undefined,
  facts: Facts,
): Block | undefined {
  if (row.kind !== 'Subscription') return { code: 'noSubscription', values: {} };
  const settled = row.status === 'Installed' || row.status === 'Upgrade available';
  if (settled && row.approval === 'Automatic' && row.manualBecauseOf.length === 0)
    return { code: 'automatic', values: {} };
  if (row.status === 'Installed') return { code: 'upToDate', values: {} };
  if (row.status === 'Awaiting approval') return { code: 'notInstalled', values: {} };
  if (row.status !== 'Upgrade available') return { code: 'unsettled', values: { status: row.status } };
  if (source === undefined) return { code: 'sourceUnknown', values: {} };
  if (source !== BATCH_SOURCE) return { code: 'notAlauda', values: { source } };
  if (!plan) return { code: 'noPlan', values: {} };
  const foreign = (plan.spec.clusterServiceVersionNames ?? []).filter(
    (name) => sourceOfVersion(name, plan, facts) !== BATCH_SOURCE,
  );
  return foreign.length > 0 ? { code: 'foreignVersions', values: { names: foreign.join(', ') } } : undefined;
}

function waitingPlan(
  subscription: SubscriptionObject,
  { installPlans = [] }: Facts,
): InstallPlanObject | undefined {
  return installPlans.find(
    (plan) =>
      plan.metadata.namespace === subscription.metadata.namespace &&
      plan.metadata.name === planNameOf(subscription) &&
      waitsForApproval(plan),
  );
}

function currentOf(uid: string, { subscriptions = [] }: Facts): string {
  return subscriptions.find(({ metadata }) => metadata.uid === uid)?.status?.currentCSV ?? '';
}

function sourceOfPackage(
  ref: { catalogNamespace: string; catalog: string; name: string } | undefined,
  { offered = [] }: Facts,
): string | undefined {
  return offered.find(
    (row) =>
      row.name === ref?.name && row.catalog === ref.catalog && row.catalogNamespace === ref.catalogNamespace,
  )?.source;
}

/**
 * The source of one ClusterServiceVersion of a plan: that of the Subscription which heads for it, else of the package
 * that OLM's own look-up names. A package that several catalogs have counts only when all of them say the same.
 */
function sourceOfVersion(name: string, plan: InstallPlanObject, facts: Facts): string | undefined {
  const heading = facts.subscriptions?.find(
    ({ metadata, status }) => metadata.namespace === plan.metadata.namespace && status?.currentCSV === name,
  );
  if (heading) {
    const { name: packageName, source: catalog, sourceNamespace: catalogNamespace } = heading.spec;
    return sourceOfPackage({ name: packageName, catalog, catalogNamespace }, facts);
  }
  const packageName = lookupsOf(plan).get(name)?.package;
  const sources = new Set(
    (facts.offered ?? []).filter((row) => row.name === packageName).map((row) => row.source),
  );
  return sources.size === 1 ? [...sources][0] : undefined;
}
