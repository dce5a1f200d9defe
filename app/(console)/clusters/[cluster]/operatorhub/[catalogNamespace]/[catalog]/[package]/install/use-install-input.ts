'use client';

import { useState } from 'react';
import { defaultChannelOf } from '@/components/operators/operator-overview';
import {
  type InstallInput,
  installModes,
  type Operator,
  type OperatorChannel,
} from '@/lib/operators/contract';
import { supportsMode } from '@/lib/operators/rules/install-modes';

export interface InstallDraft {
  input: InstallInput;
  channel: OperatorChannel | undefined;
  /** True when the chosen version is not the channel's head: OLM would go on to the head by itself. */
  older: boolean;
  change: (part: Partial<InstallInput>) => void;
}

/**
 * What the form holds: only what the reader has changed is kept, everything else follows the operator, so that a
 * live change of the catalogue neither loses what was typed nor leaves a default behind.
 */
export function useInstallInput(operator: Operator): InstallDraft {
  const [changed, setChanged] = useState<Partial<InstallInput>>({});
  const channel =
    operator.channels.find(({ name }) => name === changed.channel) ?? defaultChannelOf(operator);
  const version =
    channel?.entries.find((entry) => entry.version === changed.version)?.version ?? channel?.version ?? '';
  const older = channel !== undefined && version !== channel.version;
  const mode =
    changed.mode ?? installModes.find((one) => channel && supportsMode(channel, one)) ?? 'AllNamespaces';
  const approval = operator.manualApprovalOnly || older ? 'Manual' : (changed.approval ?? 'Automatic');
  const targets =
    mode === 'SingleNamespace' || mode === 'MultiNamespace' ? (changed.targetNamespaces ?? []) : undefined;
  return {
    input: {
      channel: channel?.name ?? '',
      version,
      namespace: changed.namespace ?? (channel?.suggestedNamespace || operator.name),
      mode,
      approval,
      ...(targets ? { targetNamespaces: mode === 'SingleNamespace' ? targets.slice(0, 1) : targets } : {}),
    },
    channel,
    older,
    change: (part) => setChanged((before) => ({ ...before, ...part })),
  };
}
