import type { ClusterServiceVersionObject } from '../objects';
import { field, list, record, text } from '../untrusted';
import type { Cause, RequirementKind } from './cause';
import { type Finding, witness, wordsOf } from './facts';

const MET = ['Present', 'Satisfied', 'DeploymentFound'];
const kinds: Record<string, RequirementKind> = {
  CustomResourceDefinition: 'crd',
  APIService: 'api',
  PolicyRule: 'right',
  ServiceAccount: 'serviceAccount',
  ClusterServiceVersion: 'kubernetesVersion',
};

interface Requirement {
  kind: RequirementKind;
  name: string;
  status: string;
  message: string;
  needs?: string;
}

/**
 * What OLM misses for a ClusterServiceVersion, from `status.requirementStatus`: a CustomResourceDefinition, an API, a
 * right of its ServiceAccount, or a newer Kubernetes. Definitions and APIs come first, as the rest often follows.
 */
export function requirementFinding(version: ClusterServiceVersionObject): Finding | undefined {
  const missing = list(field(version.status, 'requirementStatus'), readRequirement, 1000).flat();
  const first = [...missing].sort((left, right) => rank(left) - rank(right))[0];
  if (!first) return undefined;
  const cause: Cause = {
    id: 'requirementMissing',
    requirement: first.kind,
    name: first.name,
    needs: first.needs,
    more: missing.length - 1,
  };
  return {
    cause,
    says: witness(version, `status.requirementStatus[${first.name}]`),
    since: version.status?.lastTransitionTime,
    detail: wordsOf(first.message || version.status?.message),
  };
}

function rank({ kind }: Requirement): number {
  return ['crd', 'api', 'kubernetesVersion', 'serviceAccount', 'right', 'other'].indexOf(kind);
}

function readRequirement(value: unknown): Requirement[] {
  const status = text(field(value, 'status'), 50);
  if (MET.includes(status)) return [];
  const name = text(field(value, 'name'), 253);
  const rights = list(field(value, 'dependents'), (dependent) => readRight(dependent, name), 500);
  if (rights.length > 0) return rights;
  const kind = kinds[text(field(value, 'kind'), 100)] ?? 'other';
  return [{ kind, name, status, message: text(field(value, 'message'), 1000) }];
}

/** A rule that the ServiceAccount lacks; OLM puts it into the message, as `cluster rule:{…}` or `namespaced rule:{…}`. */
function readRight(dependent: unknown, serviceAccount: string): Requirement | undefined {
  const status = text(field(dependent, 'status'), 50);
  if (MET.includes(status)) return undefined;
  const message = text(field(dependent, 'message'), 5000);
  return { kind: 'right', name: serviceAccount, status, message, needs: ruleWords(message) };
}

function ruleWords(message: string): string | undefined {
  const start = message.indexOf('{');
  if (start < 0) return undefined;
  try {
    const rule = record(JSON.parse(message.slice(start)));
    const words = (key: string) =>
      list(rule[key], (word) => (typeof word === 'string' ? word : undefined), 20);
    const groups = words('apiGroups').filter((group) => group !== '');
    const what = [...words('resources'), ...words('nonResourceURLs')].join(', ');
    return `${words('verbs').join(', ')} ${what}${groups.length > 0 ? ` (${groups.join(', ')})` : ''}`.slice(
      0,
      500,
    );
  } catch {
    return undefined;
  }
}
