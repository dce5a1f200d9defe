import {
  type InstallInput,
  type InstallMode,
  type InstallNamespace,
  namespaceNameSchema,
  type Operator,
} from '../contract';

/** What of an operator decides whether and how it can be installed. */
export type Installable = Pick<
  Operator,
  'name' | 'catalog' | 'catalogNamespace' | 'channels' | 'manualApprovalOnly' | 'operatorGroupBy'
>;

/** Why an input is refused before anything is sent; `messages/` has a sentence for each. */
export const installProblemCodes = [
  'UnknownChannel',
  'UnknownVersion',
  'ManualApprovalOnly',
  'OlderVersionNeedsManual',
  'ModeNotSupported',
  'InvalidNamespace',
  'OneTargetNamespaceNeeded',
  'TwoTargetNamespacesNeeded',
  'AlreadySubscribed',
  'SeveralOperatorGroups',
  'OperatorGroupOfAnotherMode',
] as const;

export interface InstallProblem {
  /** Field of the InstallInput. */
  path: keyof InstallInput;
  code: (typeof installProblemCodes)[number];
  /** The sentence in English, with what to try. */
  message: string;
}

/**
 * Everything that makes an installation be refused before it is sent; an empty list when nothing does.
 * @param namespace what is known of the chosen namespace; `undefined` when it does not exist yet
 */
export function checkInstallation(
  operator: Installable,
  input: InstallInput,
  namespace?: InstallNamespace,
): InstallProblem[] {
  return [
    ...checkVersion(operator, input),
    ...checkMode(operator, input),
    ...checkNamespaces(input),
    ...(namespace ? checkNeighbours(operator, input, namespace) : []),
  ];
}

function checkVersion(operator: Installable, { channel, version, approval }: InstallInput): InstallProblem[] {
  const problems: InstallProblem[] = [];
  if (operator.manualApprovalOnly && approval === 'Automatic') {
    problems.push({
      path: 'approval',
      code: 'ManualApprovalOnly',
      message: 'Operators from Alauda support Manual approval only. Choose Manual.',
    });
  }
  const chosen = operator.channels.find(({ name }) => name === channel);
  if (!chosen) {
    const known = operator.channels.map(({ name }) => name).join(', ');
    const message = `"${operator.name}" has no channel "${channel}". It has: ${known}.`;
    return [...problems, { path: 'channel', code: 'UnknownChannel', message }];
  }
  const entry = chosen.entries.find((candidate) => candidate.version === version);
  if (!entry) {
    const message = `Channel "${channel}" has no version "${version}". Its newest is ${chosen.version}.`;
    return [...problems, { path: 'version', code: 'UnknownVersion', message }];
  }
  if (problems.length === 0 && approval === 'Automatic' && entry.name !== chosen.currentCSV) {
    problems.push({
      path: 'approval',
      code: 'OlderVersionNeedsManual',
      message: `With Automatic approval OLM goes on to ${chosen.version} at once. Choose Manual to stay on ${version}.`,
    });
  }
  return problems;
}

function checkMode(operator: Installable, { channel, mode }: InstallInput): InstallProblem[] {
  const chosen = operator.channels.find(({ name }) => name === channel);
  if (!chosen || supportsMode(chosen, mode)) return [];
  const supported = chosen.installModes.filter((one) => one.supported).map(({ type }) => type);
  return [
    {
      path: 'mode',
      code: 'ModeNotSupported',
      message: `This operator does not support ${mode}. It supports: ${supported.join(', ') || 'no install mode at all'}.`,
    },
  ];
}

/** Whether the head of a channel declares an install mode as supported. */
export function supportsMode(
  { installModes }: Pick<Operator['channels'][number], 'installModes'>,
  mode: InstallMode,
) {
  return installModes.some(({ type, supported }) => type === mode && supported);
}

function checkNamespaces({ namespace, mode, targetNamespaces = [] }: InstallInput): InstallProblem[] {
  const problems: InstallProblem[] = [];
  const invalid = [namespace, ...targetNamespaces].find(
    (name) => !namespaceNameSchema.safeParse(name).success,
  );
  if (invalid !== undefined) {
    problems.push({
      path: invalid === namespace ? 'namespace' : 'targetNamespaces',
      code: 'InvalidNamespace',
      message: `"${invalid}" is not a name of a namespace: use at most 63 lower-case letters, digits and "-", with a letter or digit at both ends.`,
    });
  }
  const targets = new Set(targetNamespaces).size;
  if (mode === 'SingleNamespace' && targets !== 1) {
    const message = 'Choose the one namespace that the operator watches.';
    problems.push({ path: 'targetNamespaces', code: 'OneTargetNamespaceNeeded', message });
  }
  if (mode === 'MultiNamespace' && targets < 2) {
    const message = 'Choose two or more namespaces that the operator watches.';
    problems.push({ path: 'targetNamespaces', code: 'TwoTargetNamespacesNeeded', message });
  }
  return problems;
}

function checkNeighbours(
  operator: Installable,
  input: InstallInput,
  { name, subscriptions, operatorGroups }: InstallNamespace,
): InstallProblem[] {
  const same = subscriptions.find((subscription) => subscription.package === operator.name);
  if (same) {
    const message = `Namespace "${name}" already subscribes "${operator.name}" with Subscription "${same.name}". Change that one, or choose another namespace.`;
    return [{ path: 'namespace', code: 'AlreadySubscribed', message }];
  }
  if (operatorGroups.length > 1) {
    const names = operatorGroups.map((group) => group.name).join(', ');
    const message = `Namespace "${name}" has several OperatorGroups (${names}), and OLM installs nothing there. Remove all but one, or choose another namespace.`;
    return [{ path: 'namespace', code: 'SeveralOperatorGroups', message }];
  }
  const group = operatorGroups[0];
  const wanted = watchedNamespaces(input);
  if (group && !sameNames(group.targetNamespaces, wanted)) {
    const told = (names: string[]) => (names.length === 0 ? 'all namespaces' : names.join(', '));
    const message = `The OperatorGroup "${group.name}" of namespace "${name}" watches ${told(group.targetNamespaces)}, not ${told(wanted)}. Choose the matching install mode, or another namespace.`;
    return [{ path: 'namespace', code: 'OperatorGroupOfAnotherMode', message }];
  }
  return [];
}

/** The namespaces that an installation watches; empty means all. */
export function watchedNamespaces({ mode, namespace, targetNamespaces = [] }: InstallInput): string[] {
  if (mode === 'AllNamespaces') return [];
  if (mode === 'OwnNamespace') return [namespace];
  return [...new Set(targetNamespaces)];
}

function sameNames(left: readonly string[], right: readonly string[]): boolean {
  return [...left].sort().join(',') === [...right].sort().join(',');
}
