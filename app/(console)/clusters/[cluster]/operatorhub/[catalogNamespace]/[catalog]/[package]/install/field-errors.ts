'use client';

import { useTranslations } from 'next-intl';
import { problemOf } from '@/components/ui/problem-of';
import type { OperatorChannel } from '@/lib/operators/contract';
import type { InstallInput } from '@/lib/operators/install-contract';
import type { InstallProblem } from '@/lib/operators/rules/install-checks';

/** Told by a notice of their own, with their cures. */
const conflicts: readonly InstallProblem['code'][] = [
  'AlreadySubscribed',
  'SeveralOperatorGroups',
  'OperatorGroupOfAnotherMode',
];

/**
 * The sentence beside each field: what the console sees itself, else what the server said of it. What is merely
 * not filled in yet is told once the reader has tried to install.
 */
export function useFieldErrors({
  problems,
  attempted,
  failure,
  input,
  channel,
}: {
  problems: readonly InstallProblem[];
  attempted: boolean;
  failure: Error | null;
  input: InstallInput;
  channel: OperatorChannel | undefined;
}): (path: keyof InstallInput) => string | undefined {
  const t = useTranslations('install.problems');
  const refused = problemOf(failure)?.fields;
  return (path) => {
    const problem = problems.find(
      (one) => one.path === path && !conflicts.includes(one.code) && (attempted || !isUnfinished(one)),
    );
    if (problem) {
      return t(problem.code, {
        channel: input.channel,
        version: input.version,
        newest: channel?.version ?? '',
        namespace: input.namespace,
      });
    }
    return refused?.find((field) => field.path === path || field.path.startsWith(`${path}.`))?.message;
  };
}

function isUnfinished({ code }: InstallProblem): boolean {
  return code === 'OneTargetNamespaceNeeded' || code === 'TwoTargetNamespacesNeeded';
}
