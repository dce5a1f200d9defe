import { field, type Json, record, text } from '../untrusted';

/** One permission of Kubernetes' RBAC: a verb on a resource, everywhere or in some namespaces only. */
export interface Right {
  scope: 'cluster' | 'namespace';
  /** `''` is the core group, `*` every group. For non-resource paths it is absent. */
  group?: string;
  /** Resource with its subresource (`pods/exec`), or the path of a non-resource right. */
  resource: string;
  verb: string;
  /** The one object that it is limited to. */
  resourceName?: string;
}

/** Rights of one operator. */
export interface RightsReading {
  rights: Right[];
  /** There were more than are looked at. */
  truncated: boolean;
}

const MAX_RIGHTS = 20_000;

/**
 * The rights that OLM grants an operator: `spec.install.spec.clusterPermissions` and `permissions` of its
 * ClusterServiceVersion, one by one.
 * @param everywhere the OperatorGroup targets all namespaces: OLM then makes ClusterRoles of `permissions` too
 */
export function rightsOf(clusterServiceVersion: unknown, everywhere = false): RightsReading {
  const install = field(field(field(clusterServiceVersion, 'spec'), 'install'), 'spec');
  return collect([
    ...rulesOf(field(install, 'clusterPermissions')).map((rule) => ({ rule, scope: 'cluster' as const })),
    ...rulesOf(field(install, 'permissions')).map((rule) => ({
      rule,
      scope: everywhere ? ('cluster' as const) : ('namespace' as const),
    })),
  ]);
}

/** The rights of `Role` and `ClusterRole` objects that a bundle brings beside its ClusterServiceVersion. */
export function rightsOfRoles(roles: readonly unknown[]): RightsReading {
  return collect(
    roles.flatMap((role) => {
      const scope = field(role, 'kind') === 'ClusterRole' ? ('cluster' as const) : ('namespace' as const);
      return members(field(role, 'rules')).map((rule) => ({ rule: record(rule), scope }));
    }),
  );
}

/** What `after` allows that `before` does not, and the other way round; `*` and unnamed objects cover what is narrower. */
export function compareRights(
  before: readonly Right[],
  after: readonly Right[],
): { widened: Right[]; narrowed: Right[] } {
  return { widened: notCovered(after, before), narrowed: notCovered(before, after) };
}

function rulesOf(permissions: unknown): Json[] {
  return members(permissions).flatMap((permission) => members(field(permission, 'rules')).map(record));
}

function collect(entries: readonly { rule: Json; scope: Right['scope'] }[]): RightsReading {
  const found = new Map<string, Right>();
  // Wildcards first, so that they can't hide behind more rights than are looked at.
  const sorted = [...entries].sort((left, right) => Number(isBroad(right.rule)) - Number(isBroad(left.rule)));
  for (const { rule, scope } of sorted) {
    for (const right of expand(rule, scope)) {
      if (found.size >= MAX_RIGHTS) return { rights: [...found.values()], truncated: true };
      found.set(keyOf(right), right);
    }
  }
  return { rights: [...found.values()], truncated: false };
}

function* expand(rule: Json, scope: Right['scope']): Generator<Right> {
  const verbs = names(rule.verbs);
  const resourceNames = names(rule.resourceNames);
  for (const resource of names(rule.resources)) {
    for (const group of names(rule.apiGroups)) {
      for (const verb of verbs) {
        if (resourceNames.length === 0) yield { scope, group, resource, verb };
        for (const resourceName of resourceNames) yield { scope, group, resource, verb, resourceName };
      }
    }
  }
  for (const resource of names(rule.nonResourceURLs)) {
    for (const verb of verbs) yield { scope, resource, verb };
  }
}

function isBroad(rule: Json): boolean {
  return [rule.apiGroups, rule.resources, rule.verbs].some((words) => names(words).includes('*'));
}

function names(value: unknown): string[] {
  // The empty string is a name here: it is the core group.
  return members(value).filter((name) => typeof name === 'string');
}

function members(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function keyOf({ scope, group, resource, verb, resourceName }: Right): string {
  return [scope, group ?? ' ', resource, verb, resourceName ?? ' '].join('\n');
}

function notCovered(rights: readonly Right[], by: readonly Right[]): Right[] {
  const given = new Set(by.map(keyOf));
  return rights.filter((right) => {
    for (const looser of looserOf(right)) {
      if (given.has(keyOf(looser))) return false;
    }
    return true;
  });
}

/** Every right that includes this one, itself first. */
function* looserOf(right: Right): Generator<Right> {
  const scopes = right.scope === 'cluster' ? (['cluster'] as const) : (['namespace', 'cluster'] as const);
  const groups = right.group === undefined ? [undefined] : [right.group, '*'];
  const resourceNames = right.resourceName === undefined ? [undefined] : [right.resourceName, undefined];
  for (const scope of scopes) {
    for (const group of groups) {
      for (const resource of looserResources(right)) {
        for (const verb of [right.verb, '*']) {
          for (const resourceName of resourceNames) yield { scope, group, resource, verb, resourceName };
        }
      }
    }
  }
}

/** `pods/exec` is included in `*` and `*` + `/exec`, the path `/metrics/x` in `/metrics/*`, `/*` and `*`. */
function looserResources({ group, resource }: Right): string[] {
  if (group !== undefined) {
    const slash = resource.indexOf('/');
    return slash < 0 ? [resource, '*'] : [resource, '*', `*${resource.slice(slash)}`];
  }
  const path = resource.slice(0, 200);
  return [resource, ...Array.from(path, (_, index) => `${path.slice(0, index)}*`)];
}

/** Short text of a resource with its group, as kubectl names it: `deployments.apps`. */
export function resourceText(right: Right): string {
  const { group, resource } = right;
  return text(group ? `${resource}.${group}` : resource, 400);
}
