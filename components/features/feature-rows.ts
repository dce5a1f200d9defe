import type { Component, ShownStep, StepState } from '@/lib/clusters/features-contract';
import { componentKey, isUpgradable } from '@/lib/clusters/rules/features/component';

/** A component with the cluster that it is on. */
export interface PlacedComponent extends Component {
  cluster: string;
}

/** One row of the table of components: what is installed, what a run makes of it, or both. */
export interface FeatureRow {
  key: string;
  component?: Component;
  step?: ShownStep;
}

/** Identifies a component over all clusters. */
export function placedKey(component: PlacedComponent): string {
  return `${component.cluster}/${componentKey(component)}`;
}

/** The components that can be upgraded, with the steps of a run that concern them; others stand by themselves. */
export function featureRows(components: readonly Component[], steps: readonly ShownStep[]): FeatureRow[] {
  const open = new Map(steps.map((step) => [step.key, step]));
  const known = new Map(components.map((component) => [componentKey(component), component]));
  const rows = components.filter(isUpgradable).map((component): FeatureRow => {
    const key = componentKey(component);
    const step = open.get(key);
    open.delete(key);
    return { key, component, step };
  });
  return [
    ...rows,
    ...[...open.values()].map((step) => ({ key: step.key, step, component: known.get(step.key) })),
  ];
}

/** Whether a row can be chosen now: it has an upgrade that may be started, and none is under way. */
export function isChoosable({ component, step }: FeatureRow): boolean {
  const busy = step && !step.held && (step.state === 'waiting' || step.state === 'running');
  return component?.selectable === true && !busy;
}

/** What keeps the reader from choosing anything, where it is the same for all: a permission. */
export function commonBlock(rows: readonly FeatureRow[]): Component['block'] {
  const open = rows.flatMap(({ component }) => (component ? [component] : []));
  return open.length > 0 && open.every(({ selectable }) => !selectable) ? open[0]?.block : undefined;
}

export function countStates(steps: readonly ShownStep[]): Record<StepState, number> {
  const counts = { waiting: 0, running: 0, succeeded: 0, failed: 0, skipped: 0, stopped: 0 };
  for (const { state } of steps) counts[state]++;
  return counts;
}

/** The names that some keys of a run stand for. */
export function namesOf(keys: readonly string[], steps: readonly ShownStep[], language: 'en' | 'zh'): string {
  const names = new Map(steps.map((step) => [step.key, step.displayName[language]]));
  return keys.map((key) => names.get(key) ?? key).join(', ');
}
