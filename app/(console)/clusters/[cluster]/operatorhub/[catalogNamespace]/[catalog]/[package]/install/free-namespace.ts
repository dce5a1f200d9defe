import type { OperatorChannel } from '@/lib/operators/contract';
import type { InstallNamespace } from '@/lib/operators/install-contract';

/** A name under which the operator gets a namespace of its own: the suggested one, else with a number behind. */
export function freeNamespace(
  packageName: string,
  channel: OperatorChannel | undefined,
  namespaces: readonly InstallNamespace[],
): string {
  const base = (channel?.suggestedNamespace || packageName.toLowerCase().replace(/[^a-z0-9-]/g, '-')).slice(
    0,
    59,
  );
  const taken = (name: string) =>
    namespaces.some((one) => one.name === name && one.operatorGroups.length + one.subscriptions.length > 0);
  for (let number = 1; ; number++) {
    const name = number === 1 ? base : `${base}-${number}`;
    if (!taken(name)) return name;
  }
}
