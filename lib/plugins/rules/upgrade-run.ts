import type { PluginRow, UpgradeTarget } from '../contract';

/** One upgrade of several that are asked for together. */
export interface PlannedUpgrade {
  name: string;
  version: string;
  /** Plugins of the same run that have to be upgraded before it. */
  after: string[];
}

export type UpgradeState = 'waiting' | 'sending' | 'running' | 'done' | 'failed' | 'skipped';

/** How far one upgrade of a run is. */
export interface UpgradeStep extends PlannedUpgrade {
  state: UpgradeState;
  /** Why it failed, in the reader's language. */
  detail?: string;
}

/**
 * Puts upgrades into an order in which each follows those that it has to wait for: what names it in its
 * `upgradeBefore`, and what it depends on in a version that another upgrade brings. Among those that are
 * free the order given stays; where they wait for each other in a circle, the first of them goes first.
 */
export function planUpgrades(
  wanted: readonly {
    name: string;
    target: Pick<UpgradeTarget, 'version' | 'upgradeBefore' | 'dependencies'>;
  }[],
  cluster: string,
): PlannedUpgrade[] {
  const left = wanted.map(({ name, target }) => ({
    name,
    version: target.version,
    after: wanted
      .filter(
        (other) =>
          other.name !== name &&
          (other.target.upgradeBefore.includes(name) ||
            target.dependencies.some(
              ({ satisfied, anyOf }) =>
                !satisfied && anyOf.some((one) => one.plugin === other.name && one.cluster === cluster),
            )),
      )
      .map((other) => other.name),
  }));
  const planned: PlannedUpgrade[] = [];
  const isPlanned = (name: string) => planned.some((one) => one.name === name);
  while (left.length > 0) {
    const free = left.findIndex(({ after }) => after.every(isPlanned));
    const [next] = left.splice(Math.max(free, 0), 1);
    // In a circle nobody could begin: what is not planned yet is not waited for.
    if (next) planned.push({ ...next, after: next.after.filter(isPlanned) });
  }
  return planned;
}

/**
 * Takes a run further with what the cluster says now. An upgrade is done when the platform says that the
 * wanted version runs; what waits for one that failed is not begun.
 * @returns the steps, the same list when nothing changed, and the names of those that are to be sent
 */
export function advanceUpgrades(
  steps: readonly UpgradeStep[],
  rows: readonly Pick<PluginRow, 'name' | 'version' | 'status' | 'blockReasons'>[],
): { steps: readonly UpgradeStep[]; send: string[] } {
  const next = steps.map((step) => (step.state === 'running' ? watched(step, rows) : step));
  const stateOf = (name: string) => next.find((step) => step.name === name)?.state;
  const send: string[] = [];
  for (const [index, step] of next.entries()) {
    if (step.state !== 'waiting') continue;
    const before = step.after.map(stateOf);
    if (before.some((state) => state === 'failed' || state === 'skipped')) {
      next[index] = { ...step, state: 'skipped' };
    } else if (before.every((state) => state === 'done')) {
      next[index] = { ...step, state: 'sending' };
      send.push(step.name);
    }
  }
  const changed = next.some((step, index) => step !== steps[index]);
  return { steps: changed ? next : steps, send };
}

function watched(step: UpgradeStep, rows: Parameters<typeof advanceUpgrades>[1]): UpgradeStep {
  const row = rows.find(({ name }) => name === step.name);
  if (!row) return { ...step, state: 'failed' };
  if (row.version !== step.version) return step;
  if (row.status === 'Running') return { ...step, state: 'done' };
  return row.status === 'Failed' ? { ...step, state: 'failed', detail: row.blockReasons.join('; ') } : step;
}

/** Whether nothing of a run is left to happen. */
export function isFinished(steps: readonly UpgradeStep[]): boolean {
  return steps.every(({ state }) => state === 'done' || state === 'failed' || state === 'skipped');
}
