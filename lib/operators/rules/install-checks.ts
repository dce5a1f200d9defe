import { namespaceNameSchema } from '@/lib/http/names';
import type { InstallInput, InstallNamespace } from '../install-contract';
import { conflictsOf, type InstallConflict } from './install-conflicts';
import { type Installable, supportsMode, watchedNamespaces } from './install-modes';
import { type ConfigProblem, checkConfig, configProblemCodes, rowsOf } from './subscription-config';

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
  'OwnNamespaceNotSupported',
  'ApproveFirstNeedsManual',
  ...configProblemCodes,
] as const;

export interface InstallProblem {
  /** Field of the InstallInput, or a part of its `config`. */
  path: keyof InstallInput | ConfigProblem['path'];
  code: (typeof installProblemCodes)[number];
  /** The sentence in English, with what to try. */
  message: string;
}

const approveFirstProblem: InstallProblem = {
  path: 'approveFirst',
  code: 'ApproveFirstNeedsManual',
  message: 'With Automatic approval there is nothing to approve. Choose Manual, or leave this out.',
};

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
    ...checkNamespaces(operator, input),
    ...(namespace ? checkNeighbours(operator, input, namespace) : []),
    ...checkConfig(rowsOf(input.config)),
    ...(input.approveFirst && input.approval === 'Automatic' ? [approveFirstProblem] : []),
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

function checkNamespaces(
  operator: Installable,
  { channel, namespace, mode, targetNamespaces = [] }: InstallInput,
): InstallProblem[] {
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
  const chosen = operator.channels.find(({ name }) => name === channel);
  const watchesOwn =
    mode !== 'AllNamespaces' && mode !== 'OwnNamespace' && targetNamespaces.includes(namespace);
  // Among several, OLM also asks for support of the operator's own namespace; as the only one it is that mode.
  if (watchesOwn && chosen && !supportsMode(chosen, 'OwnNamespace')) {
    const message = `"${operator.name}" does not support to watch the namespace in which it runs. Leave "${namespace}" out, or run it elsewhere.`;
    problems.push({ path: 'targetNamespaces', code: 'OwnNamespaceNotSupported', message });
  }
  return problems;
}

/** The conflicts of the namespace, as sentences; those of the whole cluster are OLM's to judge. */
function checkNeighbours(
  operator: Installable,
  input: InstallInput,
  namespace: InstallNamespace,
): InstallProblem[] {
  return conflictsOf(operator, input, namespace).flatMap((conflict): InstallProblem[] => {
    const message = conflictSentence(conflict, operator, input);
    return message ? [{ path: 'namespace', code: conflict.code as InstallProblem['code'], message }] : [];
  });
}

function conflictSentence(
  conflict: InstallConflict,
  operator: Installable,
  input: InstallInput,
): string | undefined {
  const { namespace } = input;
  switch (conflict.code) {
    case 'AlreadySubscribed':
      return `Namespace "${namespace}" already subscribes "${operator.name}" with Subscription "${conflict.subscription.name}". Change that one, or choose another namespace.`;
    case 'SeveralOperatorGroups':
      return `Namespace "${namespace}" has several OperatorGroups (${conflict.operatorGroups.join(', ')}), and OLM installs nothing there. Remove all but one, or choose another namespace.`;
    case 'OperatorGroupOfAnotherMode': {
      const told = (names: string[]) => (names.length === 0 ? 'all namespaces' : names.join(', '));
      return `The OperatorGroup "${conflict.operatorGroup}" of namespace "${namespace}" watches ${told(conflict.watches)}, not ${told(watchedNamespaces(input))}. Choose the matching install mode, or another namespace.`;
    }
    default:
      return undefined;
  }
}
