import type { Operator, Subscription } from '../../contract';
import type { PlanPath } from '../../plan-contract';
import { newestFirst, versionOfName } from '../version';
import { upgradePath } from './path';

/**
 * Annotation of a Subscription that is being upgraded hop by hop. Its value is the ClusterServiceVersion at which the
 * upgrade ends; pages approve on the strength of it only while somebody has told them to.
 */
export const upgradeToAnnotation = 'marketplace-console/upgrade-to';

type Catalogue = Pick<Operator, 'channels' | 'defaultChannel'>;

/** The path of an installed Subscription to the newest of its channel; undefined while nothing is installed. */
export function pathOf(operator: Catalogue, subscription: Subscription): PlanPath | undefined {
  const { installedVersion, approval, plan, clusterServiceVersion: version } = subscription;
  const channel = channelOf(operator, subscription);
  if (!installedVersion || !channel) return undefined;
  // While an upgrade is under way `installedCSV` already names what comes.
  const name =
    (version?.version === installedVersion ? version.name : version?.replaces) ??
    subscription.installedCSV ??
    '';
  const path = upgradePath({
    installed: { name, version: installedVersion },
    channel,
    approval,
    next: plan?.approvable ? subscription.currentCSV : undefined,
  });
  const installed = { clusterServiceVersion: name, version: installedVersion };
  return { ...path, subscription: subscription.name, channel: channel.name, approval, installed };
}

/** A version that an upgrade can aim at. */
export type UpgradeAim = PlanPath['steps'][number] & {
  /** It is certain that OLM stops there; else the upgrade ends there or, where OLM would pass it by, before it. */
  certain: boolean;
};

/**
 * What an upgrade can aim at, nearest first; nothing under Automatic approval, where OLM does not stop, and nothing
 * where the channel does not list what is installed, unless a plan shows that OLM knows a way.
 */
export function upgradeAims({ state, steps }: PlanPath): UpgradeAim[] {
  if (state === 'notInChannel' && !steps.some(({ stop }) => stop === 'next')) return [];
  return steps
    .filter(({ stop, needs }) => needs.approval && stop !== 'skipped')
    .map((step) => ({ ...step, certain: step.stop !== 'possible' }));
}

/**
 * How an upgrade stands that was asked to end at a version:
 * `none` nobody asked, or nobody can; `reached` it is there; `ready` the plan that waits is a hop of it; `waiting` OLM
 * is at work; `shared` the plan that waits also carries other operators; `beyond` OLM's next hop would pass it by;
 * `gone` the channel has nothing newer any more; `failed` a hop has failed.
 */
export type UpgradeRun = 'none' | 'reached' | 'ready' | 'waiting' | 'shared' | 'beyond' | 'gone' | 'failed';

/** Where the upgrade of a Subscription stands, from the cluster alone. */
export function upgradeRunOf(operator: Catalogue, subscription: Subscription): UpgradeRun {
  const { upgradeTo, approval, status, installedVersion, plan, currentCSV } = subscription;
  if (!upgradeTo || approval !== 'Manual' || status === 'Uninstalling') return 'none';
  if (status === 'Failed') return 'failed';
  const versionOf = (name: string) => versionIn(operator, subscription, name);
  const target = versionOf(upgradeTo);
  const settled = status === 'Installed' || status === 'Upgrade available';
  if (settled && installedVersion && !isBelow(installedVersion, target)) return 'reached';
  if (!plan?.approvable) {
    const head = channelOf(operator, subscription)?.currentCSV;
    const ahead = head && installedVersion && isBelow(installedVersion, versionOf(head));
    return settled && !ahead ? 'gone' : 'waiting';
  }
  if (currentCSV && isBelow(target, versionOf(currentCSV))) return 'beyond';
  const own = plan.clusterServiceVersionNames.every((name) => name === currentCSV);
  return own ? 'ready' : 'shared';
}

/** The version of a ClusterServiceVersion as the Subscription's channel lists it, else as its name says. */
export function versionIn(operator: Catalogue, subscription: Subscription, name: string): string {
  const entries = channelOf(operator, subscription)?.entries ?? [];
  return entries.find((entry) => entry.name === name)?.version ?? versionOfName(name);
}

function channelOf(operator: Catalogue, subscription: Subscription) {
  const name = subscription.channel || operator.defaultChannel;
  return operator.channels.find((channel) => channel.name === name);
}

function isBelow(version: string, other: string): boolean {
  return newestFirst(version, other) > 0;
}
