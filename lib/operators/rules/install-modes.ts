import type { InstallMode, Operator } from '../contract';
import type { InstallInput } from '../install-contract';

/** What of an operator decides whether and how it can be installed. */
export type Installable = Pick<
  Operator,
  'name' | 'catalog' | 'catalogNamespace' | 'channels' | 'manualApprovalOnly' | 'operatorGroupBy'
>;

/** Whether the head of a channel declares an install mode as supported. */
export function supportsMode(
  { installModes }: Pick<Operator['channels'][number], 'installModes'>,
  mode: InstallMode,
) {
  return installModes.some(({ type, supported }) => type === mode && supported);
}

/** The namespaces that an installation watches; empty means all. */
export function watchedNamespaces({ mode, namespace, targetNamespaces = [] }: InstallInput): string[] {
  if (mode === 'AllNamespaces') return [];
  if (mode === 'OwnNamespace') return [namespace];
  return [...new Set(targetNamespaces)];
}
