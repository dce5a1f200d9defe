import {
  candidatesOf,
  hasForm,
  infoOn,
  lifeCycleOfEntry,
  type PluginEntry,
  pluginRow,
} from '@/lib/plugins/rules/catalogue';
import { checkDependencies } from '@/lib/plugins/rules/dependencies';
import { buildForm } from '@/lib/plugins/rules/form/build-form';
import { validate } from '@/lib/plugins/rules/form/validate';
import { initialValue } from '@/lib/plugins/rules/form/values';
import { record } from '@/lib/plugins/rules/json';
import type { ModuleInfoObject } from '@/lib/plugins/rules/objects';
import { placementObstacles, type TargetCluster, upgradeObstacles } from '@/lib/plugins/rules/obstacles';
import { upgradeRiskOf } from '@/lib/plugins/rules/risk';
import type { UpgradeCandidate } from '@/lib/plugins/rules/upgrade-targets';
import { isInAnyRange } from '@/lib/plugins/rules/version';
import type { Block, Component } from '../../features-contract';
import { blocked } from './component';

interface Upgrade {
  entry: PluginEntry;
  /** The newest version that is offered; undefined when none is. */
  candidate: UpgradeCandidate | undefined;
}

/** The cluster plugins of a cluster, each with whether its upgrade can join a batch. */
export function pluginComponents(entries: Iterable<PluginEntry>, cluster: TargetCluster): Component[] {
  const upgrades = [...entries].flatMap((entry): Upgrade[] => {
    const info = infoOn(entry, cluster.name);
    return info ? [{ entry, candidate: candidatesOf(entry, info, cluster.platformVersion)[0] }] : [];
  });
  const before = predecessors(upgrades);
  return upgrades.map((upgrade) =>
    pluginComponent(upgrade, upgrades, before.get(upgrade.entry.name) ?? [], cluster),
  );
}

/** By plugin, the plugins whose waiting version wants to be there first (`upgradeBefore`). */
function predecessors(upgrades: readonly Upgrade[]): Map<string, string[]> {
  const before = new Map<string, string[]>();
  for (const { entry, candidate } of upgrades) {
    const followers = candidate?.available?.upgradeBefore ?? candidate?.config?.spec?.upgradeBefore ?? [];
    for (const { moduleName } of followers) {
      if (moduleName !== entry.name) before.set(moduleName, [...(before.get(moduleName) ?? []), entry.name]);
    }
  }
  return before;
}

function pluginComponent(
  { entry, candidate }: Upgrade,
  upgrades: readonly Upgrade[],
  before: readonly string[],
  cluster: TargetCluster,
): Component {
  const row = pluginRow(entry, cluster);
  const needed = candidate ? neededBy(candidate, entry.name, upgrades, cluster) : { names: [], missing: [] };
  const component = {
    kind: 'plugin' as const,
    name: entry.name,
    displayName: row.displayName,
    from: row.version,
    to: candidate?.version ?? '',
    status: row.status,
    origin: row.lifecycle,
    sharedWith: [],
    after: candidate ? [...new Set([...before, ...needed.names])].sort() : [],
    needs: needed.names,
    risk: candidate && upgradeRiskOf(candidate.config?.spec, candidate.available),
    blockReasons: row.blockReasons,
  };
  return blocked(
    component,
    blockOf(entry, candidate, needed.missing, row.actions.includes('Upgrade'), row.status, cluster),
  );
}

/** Dependencies of the new version that don't hold yet: those that another waiting upgrade would fulfil, and the rest. */
function neededBy(
  candidate: UpgradeCandidate,
  name: string,
  upgrades: readonly Upgrade[],
  cluster: TargetCluster,
): { names: string[]; missing: string[] } {
  const { config, available } = candidate;
  const spec = available?.dependencies
    ? { ...config?.spec, dependencies: available.dependencies }
    : config?.spec;
  const open = checkDependencies(spec, cluster.name, cluster.installed).filter(({ found }) => !found);
  const names: string[] = [];
  const missing: string[] = [];
  for (const { anyOf, words } of open) {
    const fulfils = upgrades.find(
      (other) =>
        other.entry.name !== name &&
        lifeCycleOfEntry(other.entry) !== 'Core' &&
        anyOf.some(
          ({ plugin, cluster: where, versions }) =>
            plugin === other.entry.name &&
            where === cluster.name &&
            other.candidate !== undefined &&
            isInAnyRange(other.candidate.version, versions),
        ),
    );
    if (fulfils) names.push(fulfils.entry.name);
    else missing.push(words);
  }
  return { names, missing };
}

function blockOf(
  entry: PluginEntry,
  candidate: UpgradeCandidate | undefined,
  missing: readonly string[],
  offered: boolean,
  status: string,
  cluster: TargetCluster,
): Block | undefined {
  const info = infoOn(entry, cluster.name);
  if (!candidate || !info) {
    const settled = status === 'Running';
    return settled ? { code: 'upToDate', values: {} } : { code: 'unsettled', values: { status } };
  }
  const lifecycle = lifeCycleOfEntry(entry);
  if (lifecycle === 'Core') return { code: 'core', values: { version: candidate.version } };
  if (!offered) return { code: 'unsettled', values: { status } };
  if (missing.length > 0) return { code: 'dependency', values: { names: missing.join(', ') } };
  const obstacles = [
    ...upgradeObstacles(lifecycle, info, candidate.version, [candidate], entry.configs, cluster),
    // What the platform offers it may still refuse to place: its labels may have changed since.
    ...(candidate.config ? placementObstacles(candidate.config, withoutItself(entry, cluster)) : []),
  ].filter(({ code }) => code !== 'missing-dependency');
  if (obstacles.length > 0)
    return { code: 'obstacle', values: { detail: obstacles.map(({ message }) => message).join(' ') } };
  return asksForValues(candidate, info) ? { code: 'asks', values: {} } : undefined;
}

/** Whether the new version's form wants what neither its defaults nor the installed configuration have. */
function asksForValues({ config }: UpgradeCandidate, info: ModuleInfoObject): boolean {
  if (!hasForm(config?.spec, 'upgrade')) return false;
  const form = buildForm({ ...config?.spec }, 'upgrade', 'en');
  return validate(form, initialValue(form, record(info.spec?.config))).length > 0;
}

/** Published plugins name themselves in their anti-affinity. */
function withoutItself({ name }: PluginEntry, cluster: TargetCluster): TargetCluster {
  const others = cluster.installed.filter((one) => one.cluster === cluster.name && one.name !== name);
  return { ...cluster, plugins: others.map((one) => one.name) };
}
