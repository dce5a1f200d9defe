import type { ClusterServiceVersion } from '../api.ts';

/**
 * Why a CSV can't watch these namespaces from `namespace`, in OLM's words; nothing when it can. `['']` means all.
 * (`InstallModeSet.Supports` of operator-framework/api.)
 */
export function unsupportedReason(
  csv: ClusterServiceVersion,
  namespace: string,
  targets: string[],
): string | undefined {
  const supported = new Set(
    (csv.spec.installModes ?? []).filter((mode) => mode.supported).map((mode) => mode.type),
  );
  const refuse = (mode: string, what: string) =>
    supported.has(mode)
      ? undefined
      : `${mode} InstallModeType not supported, cannot configure to watch ${what}`;
  const [first] = targets;
  if (first === undefined) return 'no target namespaces';
  if (targets.length === 1) {
    if (first === '') return refuse('AllNamespaces', 'all namespaces');
    if (first === namespace) return refuse('OwnNamespace', 'own namespace');
    return refuse('SingleNamespace', 'one namespace');
  }
  if (targets.includes('')) return refuse('AllNamespaces', 'all namespaces');
  return (
    refuse('MultiNamespace', `${targets.length} namespaces`) ??
    (targets.includes(namespace) ? refuse('OwnNamespace', 'own namespace') : undefined)
  );
}
