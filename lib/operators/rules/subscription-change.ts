import type { ChangeEffect } from '../change-contract';
import type { ApprovalStrategy, Operator, Subscription } from '../contract';
import type { SubscriptionObject } from './objects';
import { newestFirst } from './version';

/** What of an operator decides over a change of its Subscriptions. */
export type Changeable = Pick<Operator, 'name' | 'channels' | 'manualApprovalOnly' | 'deprecation'>;

/** Another Subscription of the same namespace. */
export interface Neighbour {
  name: string;
  approval: ApprovalStrategy;
}

export interface Change {
  channel: string;
  approval: ApprovalStrategy;
}

/**
 * What is wrong with a change, by field of the input.
 * Alauda operators take Manual approval only (product document, "Approval Strategy").
 */
export function checkChange(
  operator: Changeable,
  change: Partial<Change>,
): { path: string; message: string }[] {
  const problems: { path: string; message: string }[] = [];
  if (change.channel !== undefined && !operator.channels.some(({ name }) => name === change.channel)) {
    const known = operator.channels.map(({ name }) => name).join(', ');
    problems.push({
      path: 'channel',
      message: `Package "${operator.name}" has no channel "${change.channel}". It has: ${known}.`,
    });
  }
  if (change.approval === 'Automatic' && operator.manualApprovalOnly) {
    problems.push({
      path: 'approval',
      message: `"${operator.name}" is an Alauda operator: the platform takes only Manual approval for it.`,
    });
  }
  return problems;
}

/**
 * What follows from a change, what has to be known first in front.
 * OLM never goes back to a lower version; it moves on only where an entry of the channel replaces or skips the
 * version that runs, which a catalogue does not tell in full. All Subscriptions of a namespace share their
 * InstallPlans, and one that is Manual makes all of them wait.
 * @param neighbours `undefined` where they could not be read
 */
export function effectsOf(
  operator: Changeable,
  before: Subscription,
  after: Change,
  neighbours: readonly Neighbour[] | undefined,
): ChangeEffect[] {
  if (before.channel === after.channel && before.approval === after.approval) {
    return [effect('NothingChanges')];
  }
  const manual = after.approval === 'Manual' || (neighbours ?? []).some(isManual);
  return [
    ...deprecations(operator, before, after),
    ...versionEffects(operator, before, after, manual),
    ...planEffects(before, after),
    ...neighbourEffects(before, after, neighbours),
  ];
}

/** Whether `spec.startingCSV`, which only a first installation heeds, would stop it on the new channel. */
export function dropsStartingVersion(
  operator: Changeable,
  { spec, status }: SubscriptionObject,
  channel: string,
): boolean {
  if (!spec.startingCSV || status?.installedCSV) return false;
  const entries = operator.channels.find(({ name }) => name === channel)?.entries ?? [];
  return !entries.some(({ name }) => name === spec.startingCSV);
}

/**
 * The JSON patch of a change: refused with 422 when the Subscription is another one by now, or somebody else changed
 * the same field.
 */
export function changePatch(
  { metadata, spec }: SubscriptionObject,
  after: Partial<Change>,
  options: { dropStartingVersion: boolean },
): ({ op: 'test' | 'replace' | 'add'; path: string; value: unknown } | { op: 'remove'; path: string })[] {
  const set = (key: 'channel' | 'installPlanApproval', value: string | undefined) => {
    if (value === undefined) return [];
    const path = `/spec/${key}`;
    // A test of a path that does not exist fails, so an absent field is simply added.
    if (spec[key] === undefined) return [{ op: 'add' as const, path, value }];
    return [
      { op: 'test' as const, path, value: spec[key] },
      { op: 'replace' as const, path, value },
    ];
  };
  return [
    { op: 'test', path: '/metadata/uid', value: metadata.uid },
    ...set('channel', after.channel),
    ...set('installPlanApproval', after.approval),
    ...(options.dropStartingVersion ? [{ op: 'remove' as const, path: '/spec/startingCSV' }] : []),
  ];
}

function deprecations(operator: Changeable, before: Subscription, after: Change): ChangeEffect[] {
  if (before.channel === after.channel) return [];
  const channel = operator.channels.find(({ name }) => name === after.channel);
  const head = channel?.entries.find(({ name }) => name === channel.currentCSV);
  return [
    channel?.deprecation !== undefined &&
      effect('ChannelDeprecated', { channel: channel.name, message: channel.deprecation }),
    head?.deprecation !== undefined &&
      effect('VersionDeprecated', { version: head.version, message: head.deprecation }),
    operator.deprecation !== undefined && effect('PackageDeprecated', { message: operator.deprecation }),
  ].filter((found) => found !== false);
}

function versionEffects(
  operator: Changeable,
  before: Subscription,
  after: Change,
  manual: boolean,
): ChangeEffect[] {
  const channel = operator.channels.find(({ name }) => name === after.channel);
  if (!channel) return [];
  const to = channel.version;
  const from = before.installedVersion;
  const values = { channel: channel.name, to };
  if (!from) {
    const kept = before.startingCSV && channel.entries.find(({ name }) => name === before.startingCSV);
    const first = { ...values, to: kept ? kept.version : to };
    return [
      effect(manual ? 'InstallsByHand' : 'InstallsAtOnce', first),
      ...(before.startingCSV && !kept
        ? [effect('StartingVersionDropped', { ...values, csv: before.startingCSV })]
        : []),
    ];
  }
  if (from === to) return [effect('UpToDate', { ...values, from })];
  if (newestFirst(from, to) < 0) return [effect('NeverDowngrades', { ...values, from })];
  // A channel that carries the running version leads on from it; of any other only OLM's graph tells.
  const carries = channel.entries.some(({ version }) => version === from);
  const upgrade = effect(manual ? 'UpgradesByHand' : 'UpgradesAtOnce', { ...values, from });
  return carries ? [upgrade] : [effect('NoPathKnown', { ...values, from }), upgrade];
}

function planEffects(before: Subscription, after: Change): ChangeEffect[] {
  if (!before.plan?.approvable) return [];
  if (before.channel !== after.channel) return [effect('WaitingPlanReplaced', { plan: before.plan.name })];
  return after.approval === 'Automatic' ? [effect('WaitingPlanStays', { plan: before.plan.name })] : [];
}

function neighbourEffects(
  before: Subscription,
  after: Change,
  neighbours: readonly Neighbour[] | undefined,
): ChangeEffect[] {
  if (neighbours === undefined) return [effect('NeighboursUnknown')];
  if (neighbours.length === 0) return [];
  const names = (list: readonly Neighbour[]) => list.map(({ name }) => name).join(', ');
  const manual = neighbours.filter(isManual);
  const automatic = neighbours.filter((neighbour) => !isManual(neighbour));
  const effects: ChangeEffect[] = [];
  if (before.channel !== after.channel)
    effects.push(effect('UpgradesTogether', { names: names(neighbours) }));
  if (before.approval === after.approval) return effects;
  if (after.approval === 'Automatic' && manual.length > 0) {
    effects.push(effect('BehavesAsManual', { names: names(manual) }));
  }
  if (after.approval === 'Automatic' && manual.length === 0) {
    effects.push(effect('FreesOthers', { names: names(automatic) }));
  }
  if (after.approval === 'Manual' && manual.length === 0) {
    effects.push(effect('MakesOthersManual', { names: names(automatic) }));
  }
  return effects;
}

function isManual({ approval }: Neighbour): boolean {
  return approval === 'Manual';
}

function effect(code: ChangeEffect['code'], values: Record<string, string> = {}): ChangeEffect {
  return { code, values };
}
