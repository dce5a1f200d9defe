import type { ClusterServiceVersionObject } from '../objects';
import { field, list, record, text } from '../untrusted';
import type { Cause, RequirementKind } from './cause';
import { anyConditionOf, type Finding, type Surroundings, witness, wordsOf } from './facts';

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
export function requirementFinding(
  version: ClusterServiceVersionObject,
  { definitions }: Surroundings,
): Finding | undefined {
  const missing = unmet(version);
  const first = [...missing].sort((left, right) => rank(left) - rank(right))[0];
  if (!first) return undefined;
  const cause: Cause = {
    id: 'requirementMissing',
    requirement: first.kind,
    name: first.name,
    needs: first.needs,
    more: missing.length - 1,
  };
  const since = version.status?.lastTransitionTime;
  const definition =
    first.kind === 'unservedCrd' && definitions?.find(({ metadata }) => metadata.name === first.name);
  // OLM looks at `Established` alone, which does not say whose name is taken.
  const names = definition ? anyConditionOf(definition, 'NamesAccepted') : undefined;
  if (definition && names?.status === 'False') {
    const says = witness(definition, 'status.conditions[NamesAccepted]');
    return { cause, says, since: names.lastTransitionTime ?? since, detail: wordsOf(names.message) };
  }
  return {
    cause,
    says: witness(version, `status.requirementStatus[${first.name}]`),
    since,
    detail: wordsOf(first.message || version.status?.message),
  };
}

/** Names of the CustomResourceDefinitions that are there and do not serve what the ClusterServiceVersion needs of them. */
export function unservedDefinitions(version: ClusterServiceVersionObject): string[] {
  return unmet(version).flatMap(({ kind, name }) => (kind === 'unservedCrd' ? [name] : []));
}

function unmet(version: ClusterServiceVersionObject): Requirement[] {
  return list(field(version.status, 'requirementStatus'), readRequirement, 1000).flat();
}

function rank({ kind }: Requirement): number {
  return ['crd', 'unservedCrd', 'api', 'kubernetesVersion', 'serviceAccount', 'right', 'other'].indexOf(kind);
}

function readRequirement(value: unknown): Requirement[] {
  const status = text(field(value, 'status'), 50);
  if (MET.includes(status)) return [];
  const name = text(field(value, 'name'), 253);
  const rights = list(field(value, 'dependents'), (dependent) => readRight(dependent, name), 500);
  if (rights.length > 0) return rights;
  const message = text(field(value, 'message'), 1000);
  return [{ ...kindOf(value, name, status, message), status, message }];
}

/** What is there and yet does not serve (not established, taken by another operator) is not called missing. */
function kindOf(value: unknown, name: string, status: string, message: string) {
  const said = text(field(value, 'kind'), 100);
  if (message === 'Native API does not exist') {
    const [group, version] = [text(field(value, 'group'), 253), text(field(value, 'version'), 50)];
    return { kind: 'api' as const, name: `${said} (${[group, version].filter(Boolean).join('/')})` };
  }
  const kind = kinds[said] ?? 'other';
  const needs = /minKubeVersion \(([^)]{1,50})\)/.exec(message)?.[1];
  if (kind === 'kubernetesVersion' && needs) return { kind, name, needs };
  if (status === 'NotPresent' && message !== 'CRD version not served') return { kind, name };
  return kind === 'crd'
    ? { kind: 'unservedCrd' as const, name }
    : { kind: 'other' as const, name: `${said} ${name}` };
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
