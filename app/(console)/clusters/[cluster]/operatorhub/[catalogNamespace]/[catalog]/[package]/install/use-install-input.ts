'use client';

import { useState } from 'react';
import { defaultChannelOf } from '@/components/operators/operator-overview';
import { installModes, type Operator, type OperatorChannel } from '@/lib/operators/contract';
import type { InstallInput, InstallNamespaceList } from '@/lib/operators/install-contract';
import { supportsMode } from '@/lib/operators/rules/install-modes';
import {
  type ConfigProblem,
  type ConfigRows,
  checkConfig,
  configOf,
  noConfig,
} from '@/lib/operators/rules/subscription-config';

export interface InstallDraft {
  input: InstallInput;
  channel: OperatorChannel | undefined;
  /** True when the chosen version is not the channel's head: OLM would go on to the head by itself. */
  older: boolean;
  rows: ConfigRows;
  rowProblems: ConfigProblem[];
  change: (part: Partial<InstallInput>) => void;
  changeRows: (rows: ConfigRows) => void;
}

/**
 * What the form holds: only what the reader has changed is kept, everything else follows the operator, so that a
 * live change of the catalogue neither loses what was typed nor leaves a default behind.
 * @param given channel and version that the address names, and the one namespace of users who may not read more
 */
export function useInstallInput(
  operator: Operator,
  namespaces: InstallNamespaceList,
  given: { channel: string | null; version: string | null; namespace?: string },
): InstallDraft {
  const [changed, setChanged] = useState<Partial<InstallInput>>({
    ...(given.channel ? { channel: given.channel } : {}),
    ...(given.version ? { version: given.version } : {}),
  });
  const [rows, setRows] = useState(noConfig);
  const channel =
    operator.channels.find(({ name }) => name === changed.channel) ?? defaultChannelOf(operator);
  const version =
    channel?.entries.find((entry) => entry.version === changed.version)?.version ?? channel?.version ?? '';
  const older = channel !== undefined && version !== channel.version;
  // Whoever works in one namespace is not asked to let an operator watch all of them.
  const modes = given.namespace ? (['OwnNamespace', ...installModes] as const) : installModes;
  const mode = changed.mode ?? modes.find((one) => channel && supportsMode(channel, one)) ?? 'AllNamespaces';
  const namespace = changed.namespace ?? given.namespace ?? (channel?.suggestedNamespace || operator.name);
  // One Manual Subscription makes all of its namespace Manual, so that is what to begin with there.
  const shared = namespaces.items
    .find(({ name }) => name === namespace)
    ?.subscriptions.some(({ approval }) => approval === 'Manual');
  const approval =
    operator.manualApprovalOnly || older ? 'Manual' : (changed.approval ?? (shared ? 'Manual' : 'Automatic'));
  const targets =
    mode === 'SingleNamespace' || mode === 'MultiNamespace' ? (changed.targetNamespaces ?? []) : undefined;
  const config = configOf(rows);
  return {
    input: {
      channel: channel?.name ?? '',
      version,
      namespace,
      mode,
      approval,
      ...(targets ? { targetNamespaces: mode === 'SingleNamespace' ? targets.slice(0, 1) : targets } : {}),
      ...(changed.approveFirst && approval === 'Manual' ? { approveFirst: true } : {}),
      ...(config ? { config } : {}),
    },
    channel,
    older,
    rows,
    rowProblems: checkConfig(rows),
    change: (part) => setChanged((before) => ({ ...before, ...part })),
    changeRows: setRows,
  };
}
