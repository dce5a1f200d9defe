import type { Block, Component } from '../../features-contract';

/** Identifies a component on its cluster. */
export function componentKey({
  kind,
  namespace,
  name,
}: Pick<Component, 'kind' | 'namespace' | 'name'>): string {
  return kind === 'operator' ? `operator/${namespace ?? ''}/${name}` : `plugin/${name}`;
}

const sentences: Record<Block['code'], (values: Record<string, string>) => string> = {
  upToDate: () => 'It is up to date.',
  notAlauda: ({ source }) =>
    `Its source is ${source}: only operators provided by Alauda can be upgraded in a batch. Approve its upgrade by itself.`,
  sourceUnknown: () =>
    'No catalog tells its source: only operators provided by Alauda can be upgraded in a batch. Approve its upgrade by itself.',
  catalogSilent: ({ catalog }) =>
    `Its catalog does not answer (${catalog}), so nothing tells its source: only operators provided by Alauda can be upgraded in a batch.`,
  foreignVersions: ({ names }) =>
    `Its InstallPlan also carries ${names}, which is not provided by Alauda: review and approve the plan by itself.`,
  automatic: () => 'Its approval strategy is Automatic: it is upgraded without a batch.',
  noPlan: () => 'No InstallPlan of it waits for approval yet.',
  noSubscription: () => 'It has no Subscription that would upgrade it.',
  notInstalled: () => 'It is not installed yet: its first InstallPlan waits for approval.',
  unsettled: ({ status }) => `It is ${status}: an upgrade can start when it runs again.`,
  core: () => 'Plugins of the Core life cycle are upgraded with the cluster: upgrade the cluster.',
  obstacle: ({ detail }) => detail ?? '',
  dependency: ({ names }) => `It needs ${names}, which cannot be upgraded here: that comes first.`,
  asks: () => 'Its new version asks for values that have no default: upgrade it by itself.',
  permission: ({ verb, resource, namespace, cluster }) =>
    `You need permission to ${verb} ${resource}${namespace ? ` in namespace ${namespace}` : ''} on cluster ${cluster}.`,
};

/** Why a component can't join a batch, in English. */
export function blockSentence({ code, values }: Block): string {
  return sentences[code](values);
}

/** The component kept from a batch. */
export function blocked(
  component: Omit<Component, 'selectable' | 'reason' | 'block'>,
  block: Block | undefined,
): Component {
  if (!block) return { ...component, selectable: true };
  return { ...component, selectable: false, block, reason: blockSentence(block) };
}

/** Whether it has an upgrade that this user, or somebody with more rights, could put into a batch. */
export function isUpgradable({ selectable, block }: Pick<Component, 'selectable' | 'block'>): boolean {
  return selectable || block?.code === 'permission';
}
