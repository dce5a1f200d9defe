import type { OperatorRow } from '../contract';

/**
 * The file as which the Customer Portal hands out an operator's package (product document, "violet push"). The portal
 * also adds channel and architecture to the name, so it is a hint and not a promise.
 */
export function packageFile({ name, absent }: Pick<OperatorRow, 'name' | 'absent'>): string {
  return [name, absent?.tag, 'tgz'].filter(Boolean).join('.');
}

/** The command that uploads an operator's package to one cluster (product document, "Upload an Operator to Multiple Clusters"). */
export function pushCommand(
  operator: Pick<OperatorRow, 'name' | 'catalog' | 'absent'>,
  { cluster, user }: { cluster: string; user: string },
): string {
  const address = operator.absent?.platformAddress ?? 'https://<platform address>';
  const library =
    operator.catalog === 'platform' ? [] : [`--target-catalog-source ${quoted(operator.catalog)}`];
  return [
    `violet push ${quoted(packageFile(operator))}`,
    `--platform-address ${quoted(address)}`,
    `--platform-username ${quoted(user)}`,
    '--platform-password "$PLATFORM_PASSWORD"',
    `--clusters ${quoted(cluster)}`,
    ...library,
  ].join(' \\\n  ');
}

/** One word of a POSIX shell: names come from catalogues and clusters. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
