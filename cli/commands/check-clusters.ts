import { UsageError } from '../usage-error';

/** @throws UsageError for a cluster that the platform does not have, or that the account may not see */
export function checkClusters(named: readonly string[], known: readonly string[]): void {
  const unknown = named.filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  throw new UsageError(
    `The platform has no cluster ${unknown.join(', ')} for this account; it has ${known.join(', ') || 'none'}.`,
  );
}
