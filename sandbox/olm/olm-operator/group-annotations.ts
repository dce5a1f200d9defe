import type { ClusterServiceVersion, CsvPhase } from '../api.ts';
import type { OlmContext } from '../context.ts';
import { unsupportedReason } from './install-modes.ts';

interface Failure {
  phase: CsvPhase;
  reason: string;
  message: string;
}

/** The annotations that a CSV gets from its namespace's OperatorGroup, or the failure when there is not exactly one fit. */
export function groupAnnotations(
  olm: OlmContext,
  csv: ClusterServiceVersion,
): { annotations: Record<string, string> } | Failure {
  const namespace = csv.metadata.namespace ?? '';
  const groups = olm.operatorGroups.list(namespace);
  const [group] = groups;
  if (!group) return failed('NoOperatorGroup', 'csv in namespace with no operatorgroups');
  if (groups.length > 1) {
    return failed(
      'TooManyOperatorGroups',
      "csv created in namespace with multiple operatorgroups, can't pick one automatically",
    );
  }
  const targets = group.status?.namespaces;
  if (targets) {
    const reason = unsupportedReason(csv, namespace, targets);
    if (reason !== undefined) return failed('UnsupportedOperatorGroup', reason);
  }
  return {
    annotations: {
      'olm.operatorGroup': group.metadata.name ?? '',
      'olm.operatorNamespace': namespace,
      'olm.targetNamespaces': (targets ?? []).join(','),
    },
  };
}

function failed(reason: string, message: string): Failure {
  return { phase: 'Failed', reason, message };
}
