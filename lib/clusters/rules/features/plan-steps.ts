import type { ChosenComponent, Component, Step } from '../../features-contract';
import { blockSentence, componentKey } from './component';
import { orderOf } from './order';

type Refusal = Pick<Step, 'code' | 'detail' | 'block'>;

/**
 * The steps of a run, one for each component that was chosen, in the order of the choice. What can't be upgraded is a
 * step as well, skipped with the reason: the rest goes on without it.
 * @param components what the cluster has, as this user may see it
 */
export function planSteps(
  chosen: readonly ChosenComponent[],
  components: readonly Component[],
  cluster: string,
): Step[] {
  const known = new Map(components.map((component) => [componentKey(component), component]));
  const keys = new Set(chosen.map(componentKey));
  const order = orderOf(
    [...keys].flatMap((key) => {
      const component = known.get(key);
      return component ? [component] : [];
    }),
  );
  const seen = new Set<string>();
  return chosen.map((choice) => {
    const key = componentKey(choice);
    const component = known.get(key);
    const { cluster: named, kind, namespace, name, from, to } = choice;
    const refusal: Refusal | undefined =
      named !== undefined && named !== cluster
        ? {
            code: 'otherCluster',
            detail: `It was chosen on cluster ${named}; this run is on cluster ${cluster}.`,
          }
        : seen.has(key)
          ? { code: 'duplicate', detail: 'It was chosen twice; it is upgraded once.' }
          : (refusalOf(choice, component) ?? unmetNeed(component, keys));
    if (refusal?.code !== 'otherCluster') seen.add(key);
    return {
      kind,
      namespace,
      name,
      from,
      to,
      plan: choice.plan ?? component?.plan,
      displayName: component?.displayName ?? { en: choice.name, zh: choice.name },
      after: refusal ? [] : (order.get(key) ?? []),
      state: refusal ? 'skipped' : 'waiting',
      ...refusal,
    };
  });
}

/** Why a component can't be upgraded as it was chosen; undefined when it can. */
export function refusalOf(
  choice: Pick<ChosenComponent, 'kind' | 'namespace' | 'name' | 'to' | 'plan'>,
  component: Component | undefined,
): Refusal | undefined {
  if (!component) return { code: 'notFound', detail: 'There is no such component on this cluster.' };
  if (component.from === choice.to && component.to !== choice.to) {
    return { code: 'alreadyUpgraded', detail: `Somebody else has upgraded it to ${choice.to} already.` };
  }
  if (component.block) {
    return { code: 'blocked', detail: blockSentence(component.block), block: component.block };
  }
  if (component.to !== choice.to) {
    return { code: 'changed', detail: `Version ${choice.to} does not wait any more; ${component.to} does.` };
  }
  if (choice.kind === 'operator' && choice.plan && choice.plan.uid !== component.plan?.uid) {
    return { code: 'changed', detail: `InstallPlan ${choice.plan.name} does not wait any more.` };
  }
  return undefined;
}

function unmetNeed(component: Component | undefined, chosen: ReadonlySet<string>): Refusal | undefined {
  const names = (component?.needs ?? []).filter(
    (name) => !chosen.has(componentKey({ kind: 'plugin', name })),
  );
  if (names.length === 0) return undefined;
  const block = { code: 'dependency' as const, values: { names: names.join(', ') } };
  return {
    code: 'blocked',
    detail: `It needs the upgrade of ${names.join(', ')}, which was not chosen.`,
    block,
  };
}
