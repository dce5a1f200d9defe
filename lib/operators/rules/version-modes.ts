import { type ClusterServiceVersionObject, type OperatorGroupObject, targetNamespacesOf } from './objects';
import { field, list, text } from './untrusted';

/** The install modes that a ClusterServiceVersion declares as supported; none where it declares nothing. */
export function supportedModes({ spec }: Pick<ClusterServiceVersionObject, 'spec'>): string[] {
  const modes = list(field(spec, 'installModes'), (mode) => mode, 10);
  return modes
    .filter((mode) => field(mode, 'supported') === true)
    .map((mode) => text(field(mode, 'type'), 50));
}

/** The install mode for which an OperatorGroup asks (OLM, `InstallModeSet.Supports`). */
export function modeOf(group: OperatorGroupObject | undefined, namespace: string): string | undefined {
  if (!group) return undefined;
  const targets = targetNamespacesOf(group);
  if (targets.length === 0) return 'AllNamespaces';
  if (targets.length > 1) return 'MultiNamespace';
  return targets[0] === namespace ? 'OwnNamespace' : 'SingleNamespace';
}
