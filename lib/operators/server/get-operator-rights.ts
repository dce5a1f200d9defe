import 'server-only';
import type { Context } from '@/lib/kube/context';
import type { OperatorRef, Unread } from '../contract';
import type { OperatorRights } from '../installed-contract';
import {
  type InstallPlanObject,
  type OperatorGroupObject,
  type SubscriptionObject,
  targetNamespacesOf,
} from '../rules/objects';
import { readPlan } from '../rules/plan/read-plan';
import { describeVersionRights } from '../rules/rights';
import { type OlmFacts, sceneOf } from '../rules/status';
import { readable } from './partial';
import { readBundles } from './read-bundles';
import { readInstallations } from './read-olm';
import { operatorGroups } from './refs';

const MAX_VERSIONS = 10;

/**
 * The rights that an operator asks for: of each version that runs, and of each that an InstallPlan would bring.
 * PackageManifests hold none, so nothing is known before somebody has subscribed to it.
 */
export async function getOperatorRights(
  context: Context,
  ref: OperatorRef,
  { namespace }: { namespace?: string } = {},
): Promise<{ items: OperatorRights[]; partial: Unread }> {
  const partial: Unread = [];
  const { subscriptions, facts } = await readInstallations(context, partial, { namespace, ref });
  const found = await Promise.all(
    subscriptions
      .slice(0, MAX_VERSIONS)
      .map((subscription) => rightsAt(context, subscription, facts, partial)),
  );
  return { items: unique(found.flat()), partial };
}

async function rightsAt(
  context: Context,
  subscription: SubscriptionObject,
  facts: OlmFacts,
  partial: Unread,
): Promise<OperatorRights[]> {
  const namespace = subscription.metadata.namespace ?? '';
  const groups = await readable(
    context.kube.list<OperatorGroupObject>(operatorGroups, { namespace }),
    partial,
  );
  const everywhere = groups?.some((group) => targetNamespacesOf(group).length === 0) ?? false;
  const { target, running, plan } = sceneOf(subscription, facts);
  const told = [...new Set([target, running])].flatMap((version) =>
    version
      ? describeVersionRights(
          version,
          { namespace, clusterServiceVersion: version.metadata.name, toldBy: 'ClusterServiceVersion' },
          everywhere,
        )
      : [],
  );
  const coming = subscription.status?.currentCSV;
  if (!coming || target || !plan) return told;
  const manifest = await versionOfPlan(context, plan, coming, subscription, facts);
  if (!manifest) return told;
  const place = { namespace, clusterServiceVersion: coming, toldBy: 'InstallPlan' as const };
  return [describeVersionRights(manifest, place, everywhere), ...told];
}

/** The ClusterServiceVersion among the steps of a plan; the unpacked bundle holds it as a rule. */
async function versionOfPlan(
  context: Context,
  plan: InstallPlanObject,
  name: string,
  subscription: SubscriptionObject,
  facts: OlmFacts,
): Promise<unknown> {
  const { steps } = readPlan({
    plan,
    subscriptions: [subscription],
    clusterServiceVersions: facts.clusterServiceVersions ?? [],
    bundles: await readBundles(context, plan),
  });
  return steps.find((step) => step.kind === 'ClusterServiceVersion' && step.name === name)?.manifest;
}

/** One version in several namespaces asks for the same, unless one of them watches everything. */
function unique(items: readonly OperatorRights[]): OperatorRights[] {
  const found = new Map<string, OperatorRights>();
  for (const item of items) {
    const key = `${item.clusterServiceVersion} ${item.sentences.map((one) => one.key).join()}`;
    if (!found.has(key)) found.set(key, item);
  }
  return [...found.values()];
}
