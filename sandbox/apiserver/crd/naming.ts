import type { KubeObject } from '../../client/types.ts';
import { arrayAt, at, equal, isObject, stringAt } from '../json.ts';

interface Condition {
  type: string;
  status: 'True' | 'False';
  lastTransitionTime: string;
  reason: string;
  message: string;
}

/**
 * The status of a CRD as the naming and establishing controllers of `apiextensions-apiserver` compute it.
 * @param others the other CRDs of the cluster, whose accepted names count
 * @returns the status, or `undefined` when it already says so
 */
export function namingStatus(definition: KubeObject, others: KubeObject[], now: string): unknown {
  const names = at(definition, 'spec', 'names');
  const conflict = conflictOf(definition, others);
  const known = arrayAt(definition, 'status', 'conditions').filter(isObject);
  const wasEstablished = known.some(({ type, status }) => type === 'Established' && status === 'True');
  const accepted: Omit<Condition, 'lastTransitionTime'> = conflict
    ? { type: 'NamesAccepted', status: 'False', ...conflict }
    : { type: 'NamesAccepted', status: 'True', reason: 'NoConflicts', message: 'no conflicts found' };
  const established: Omit<Condition, 'lastTransitionTime'> =
    !conflict || wasEstablished
      ? {
          type: 'Established',
          status: 'True',
          reason: 'InitialNamesAccepted',
          message: 'the initial names have been accepted',
        }
      : {
          type: 'Established',
          status: 'False',
          reason: 'NotAccepted',
          message: 'not all names are accepted',
        };
  const conditions = [accepted, established].map((condition) => {
    const before = known.find(({ type }) => type === condition.type);
    const lastTransitionTime =
      before?.status === condition.status ? String(before.lastTransitionTime ?? now) : now;
    return {
      type: condition.type,
      status: condition.status,
      lastTransitionTime,
      reason: condition.reason,
      message: condition.message,
    };
  });
  const storage = arrayAt(definition, 'spec', 'versions').find((version) => at(version, 'storage') === true);
  const stored = new Set([...arrayAt(definition, 'status', 'storedVersions'), stringAt(storage, 'name')]);
  const rest = known.filter(({ type }) => type !== 'NamesAccepted' && type !== 'Established');
  const status = {
    conditions: [...conditions, ...rest],
    acceptedNames: conflict ? (at(definition, 'status', 'acceptedNames') ?? { plural: '', kind: '' }) : names,
    storedVersions: [...stored],
  };
  return equal(status, definition.status) ? undefined : status;
}

function conflictOf(
  definition: KubeObject,
  others: KubeObject[],
): { reason: string; message: string } | undefined {
  const group = stringAt(definition, 'spec', 'group');
  const taken = new Map<string, string>();
  const kinds = new Set<string>();
  for (const other of others) {
    if (stringAt(other, 'spec', 'group') !== group || other.metadata.name === definition.metadata.name)
      continue;
    const names = at(other, 'status', 'acceptedNames');
    for (const name of [at(names, 'plural'), at(names, 'singular'), ...arrayAt(names, 'shortNames')]) {
      if (typeof name === 'string' && name) taken.set(name, name);
    }
    for (const kind of [at(names, 'kind'), at(names, 'listKind')])
      if (typeof kind === 'string') kinds.add(kind);
  }
  const names = at(definition, 'spec', 'names');
  const checks: [string, unknown[], { has(name: string): boolean }][] = [
    ['PluralConflict', [at(names, 'plural')], taken],
    ['SingularConflict', [at(names, 'singular')], taken],
    ['ShortNamesConflict', arrayAt(names, 'shortNames'), taken],
    ['KindConflict', [at(names, 'kind')], kinds],
    ['ListKindConflict', [at(names, 'listKind')], kinds],
  ];
  for (const [reason, wanted, used] of checks) {
    const clash = wanted.find((name) => typeof name === 'string' && used.has(name));
    if (clash !== undefined) return { reason, message: `${JSON.stringify(clash)} is already in use` };
  }
  return undefined;
}
