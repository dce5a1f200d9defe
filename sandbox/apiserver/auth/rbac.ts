import type { KubeObject } from '../../client/types.ts';
import type { UserInfo } from '../extension.ts';
import { arrayAt, stringAt } from '../json.ts';
import type { Store } from '../store.ts';

/** What someone wants to do, as the authorizer sees it. */
export interface Attributes {
  user: UserInfo;
  verb: string;
  isResource: boolean;
  group: string;
  resource: string;
  subresource?: string | undefined;
  namespace?: string | undefined;
  name?: string | undefined;
  /** For non-resource requests. */
  path?: string | undefined;
}

export interface Rule {
  verbs: string[];
  apiGroups?: string[];
  resources?: string[];
  resourceNames?: string[];
  nonResourceURLs?: string[];
}

export interface Decision {
  allowed: boolean;
  reason: string;
}

export const rbacGroup = 'rbac.authorization.k8s.io';

/** Role-based access control over the Role and binding objects of one cluster (`plugin/pkg/auth/authorizer/rbac`). */
export class Rbac {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  authorize(attributes: Attributes): Decision {
    if (attributes.user.groups.includes('system:masters')) return { allowed: true, reason: '' };
    const problems: string[] = [];
    for (const { rules, explain } of this.#applicable(attributes.user, attributes.namespace, problems)) {
      if (rules.some((rule) => ruleAllows(rule, attributes)))
        return { allowed: true, reason: `RBAC: allowed by ${explain()}` };
    }
    return { allowed: false, reason: problems.length > 0 ? `RBAC: ${problems.join(', ')}` : '' };
  }

  /** All rules that apply to a user in a namespace, for SelfSubjectRulesReview and escalation checks. */
  rulesFor(user: UserInfo, namespace: string | undefined): Rule[] {
    return [...this.#applicable(user, namespace, [])].flatMap((binding) => binding.rules);
  }

  /** Whether any binding in any namespace grants more than the roles that every signed-in user has. */
  grantsBeyondBasics(user: UserInfo): boolean {
    if (user.groups.includes('system:masters')) return true;
    const bindings = [
      ...this.#store.collection(rbacGroup, 'clusterrolebindings').sorted(),
      ...this.#store.collection(rbacGroup, 'rolebindings').sorted(),
    ];
    return bindings.some((binding) => {
      const isBasic =
        binding.metadata.labels?.['kubernetes.io/bootstrapping'] === 'rbac-defaults' &&
        binding.metadata.name !== 'cluster-admin';
      if (isBasic) return false;
      return arrayAt(binding, 'subjects').some((subject) =>
        isSubject(subject, user, binding.metadata.namespace),
      );
    });
  }

  /** The rules of a Role or ClusterRole; `undefined` when it does not exist. */
  rulesOf(kind: string, name: string, namespace: string | undefined): Rule[] | undefined {
    const role =
      kind === 'ClusterRole'
        ? this.#store.collection(rbacGroup, 'clusterroles').get(name)
        : this.#store.collection(rbacGroup, 'roles').get(`${namespace}/${name}`);
    return role && rulesIn(role);
  }

  *#applicable(user: UserInfo, namespace: string | undefined, problems: string[]) {
    for (const binding of this.#store.collection(rbacGroup, 'clusterrolebindings').sorted()) {
      const found = this.#resolve(binding, user, undefined, problems);
      if (found) yield found;
    }
    if (!namespace) return;
    for (const binding of this.#store.collection(rbacGroup, 'rolebindings').sorted()) {
      if (binding.metadata.namespace !== namespace) continue;
      const found = this.#resolve(binding, user, namespace, problems);
      if (found) yield found;
    }
  }

  #resolve(binding: KubeObject, user: UserInfo, namespace: string | undefined, problems: string[]) {
    const subject = arrayAt(binding, 'subjects').find((candidate) => isSubject(candidate, user, namespace));
    if (!subject) return undefined;
    const kind = stringAt(binding, 'roleRef', 'kind') ?? '';
    const name = stringAt(binding, 'roleRef', 'name') ?? '';
    const rules = this.rulesOf(kind, name, namespace);
    if (!rules) {
      problems.push(`${kind.toLowerCase()}.${rbacGroup} "${name}" not found`);
      return undefined;
    }
    const place = namespace ? `${binding.metadata.name}/${namespace}` : binding.metadata.name;
    const explain = () =>
      `${binding.kind} "${place}" of ${kind} "${name}" to ${stringAt(subject, 'kind')} "${subjectName(subject)}"`;
    return { rules, explain };
  }
}

/** The rules of a Role or ClusterRole. */
export function rulesIn(role: KubeObject): Rule[] {
  return arrayAt(role, 'rules') as Rule[];
}

function subjectName(subject: unknown): string {
  const name = stringAt(subject, 'name') ?? '';
  const namespace = stringAt(subject, 'namespace');
  return namespace ? `${name}/${namespace}` : name;
}

function isSubject(subject: unknown, user: UserInfo, bindingNamespace: string | undefined): boolean {
  const name = stringAt(subject, 'name') ?? '';
  switch (stringAt(subject, 'kind')) {
    case 'User':
      return user.username === name;
    case 'Group':
      return user.groups.includes(name);
    case 'ServiceAccount': {
      const namespace = stringAt(subject, 'namespace') ?? bindingNamespace;
      return user.username === `system:serviceaccount:${namespace}:${name}`;
    }
    default:
      return false;
  }
}

/** Whether one rule covers a request. */
export function ruleAllows(rule: Rule, attributes: Attributes): boolean {
  if (!has(rule.verbs, attributes.verb)) return false;
  if (!attributes.isResource)
    return (rule.nonResourceURLs ?? []).some((pattern) => pathMatches(pattern, attributes.path ?? ''));
  if (!has(rule.apiGroups, attributes.group)) return false;
  if (!resourceMatches(rule.resources ?? [], attributes.resource, attributes.subresource)) return false;
  const names = rule.resourceNames ?? [];
  return names.length === 0 || (attributes.name !== undefined && names.includes(attributes.name));
}

function has(list: string[] | undefined, value: string): boolean {
  return list !== undefined && (list.includes('*') || list.includes(value));
}

function resourceMatches(resources: string[], resource: string, subresource: string | undefined): boolean {
  const combined = subresource ? `${resource}/${subresource}` : resource;
  return resources.some((candidate) => {
    if (candidate === '*' || candidate === combined) return true;
    return subresource !== undefined && candidate === `*/${subresource}`;
  });
}

function pathMatches(pattern: string, path: string): boolean {
  if (pattern === '*' || pattern === path) return true;
  return pattern.endsWith('*') && path.startsWith(pattern.slice(0, -1));
}

/** The rules among `wanted` that `held` does not cover: granting them would be an escalation. */
export function uncovered(wanted: Rule[], held: Rule[]): Rule[] {
  return wanted.flatMap(single).filter((rule) => !held.some((owner) => covers(owner, rule)));
}

/** Splits a rule into rules of one verb and one resource (or path) each, as the escalation check reports them. */
function single(rule: Rule): Rule[] {
  const rules: Rule[] = [];
  for (const verb of rule.verbs) {
    for (const url of rule.nonResourceURLs ?? []) rules.push({ verbs: [verb], nonResourceURLs: [url] });
    for (const group of rule.apiGroups ?? []) {
      for (const resource of rule.resources ?? []) {
        const base = { verbs: [verb], apiGroups: [group], resources: [resource] };
        if (!rule.resourceNames?.length) rules.push(base);
        else for (const name of rule.resourceNames) rules.push({ ...base, resourceNames: [name] });
      }
    }
  }
  return rules;
}

function covers(owner: Rule, rule: Rule): boolean {
  const all = (mine: string[] | undefined, theirs: string[] | undefined) =>
    (theirs ?? []).every((value) => has(mine, value));
  if (!all(owner.verbs, rule.verbs)) return false;
  if (rule.nonResourceURLs) {
    return rule.nonResourceURLs.every((url) =>
      (owner.nonResourceURLs ?? []).some((pattern) => pathMatches(pattern, url)),
    );
  }
  if (!all(owner.apiGroups, rule.apiGroups)) return false;
  const covered = (rule.resources ?? []).every((resource) => {
    const [plain = '', subresource] = resource.split('/');
    return resourceMatches(owner.resources ?? [], plain, subresource);
  });
  if (!covered) return false;
  if (!owner.resourceNames?.length) return true;
  return (
    (rule.resourceNames ?? []).length > 0 &&
    (rule.resourceNames ?? []).every((name) => owner.resourceNames?.includes(name))
  );
}
