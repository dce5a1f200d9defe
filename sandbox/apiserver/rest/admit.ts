import type { KubeObject } from '../../client/types.ts';
import { type Rule, rbacGroup, uncovered } from '../auth/rbac.ts';
import type { Call } from '../core.ts';
import type { AdmissionRequest } from '../extension.ts';
import { arrayAt, equal, stringAt } from '../json.ts';
import { forbidden, notFound } from '../status.ts';

/** Runs the mutating plugins one after the other; gives the object they made of it. */
export async function mutate(
  call: Call,
  request: Omit<AdmissionRequest, keyof Place>,
): Promise<KubeObject | undefined> {
  let { object } = request;
  for (const plugin of call.core.plugins) {
    if (!plugin.mutate) continue;
    object = (await plugin.mutate({ ...placeOf(call), ...request, object })) ?? object;
  }
  return object;
}

/** Runs the validating plugins; each may throw. */
export async function admit(call: Call, request: Omit<AdmissionRequest, keyof Place>): Promise<void> {
  for (const plugin of call.core.plugins) await plugin.validate?.({ ...placeOf(call), ...request });
}

interface Place {
  group: string;
  version: string;
  resource: string;
  kind: string;
  subresource: string | undefined;
  namespace: string | undefined;
  user: AdmissionRequest['user'];
}

function placeOf(call: Call): Place {
  const { group, version, resource, kind } = call.resource;
  const { subresource, namespace } = call.info;
  return { group, version, resource, kind, subresource, namespace, user: call.user };
}

/**
 * The NamespaceLifecycle admission plugin: nothing is created in a namespace that does not exist or goes away.
 * @throws 404, 403
 */
export function requireNamespace(call: Call, name: string | undefined): void {
  const { namespace } = call.info;
  if (!call.resource.namespaced || !namespace) return;
  const found = call.core.store.collection('', 'namespaces').get(namespace);
  if (!found) throw notFound({ group: '', resource: 'namespaces' }, namespace);
  if (!found.metadata.deletionTimestamp) return;
  const cause = {
    reason: 'NamespaceTerminating',
    message: `namespace ${namespace} is being terminated`,
    field: 'metadata.namespace',
  };
  throw forbidden(
    call.resource,
    name,
    `unable to create new content in namespace ${namespace} because it is being terminated`,
    [cause],
  );
}

const immortal = new Set(['default', 'kube-system', 'kube-public']);

/** The namespaces that Kubernetes itself needs can't be deleted. */
export function refuseImmortal(call: Call, name: string): void {
  const { resource, group } = call.resource;
  if (resource === 'namespaces' && group === '' && immortal.has(name)) {
    throw forbidden(call.resource, name, 'this namespace may not be deleted');
  }
}

/**
 * Nobody may grant rights that they don't have (`pkg/registry/rbac`), unless `escalate` or `bind` is granted to them.
 * @throws 403 listing what is too much
 */
export function refuseEscalation(call: Call, object: KubeObject, old: KubeObject | undefined): void {
  if (call.resource.group !== rbacGroup || call.user.groups.includes('system:masters')) return;
  const { rbac } = call.core;
  const namespace = call.info.namespace;
  const isRole = call.resource.resource === 'roles' || call.resource.resource === 'clusterroles';
  if (old && equal({ ...old, metadata: undefined }, { ...object, metadata: undefined })) return;
  const roleKind = stringAt(object, 'roleRef', 'kind') ?? '';
  const roleName = stringAt(object, 'roleRef', 'name') ?? '';
  const may = rbac.authorize({
    user: call.user,
    verb: isRole ? 'escalate' : 'bind',
    isResource: true,
    group: rbacGroup,
    resource: isRole ? call.resource.resource : roleKind === 'ClusterRole' ? 'clusterroles' : 'roles',
    namespace,
    name: isRole ? object.metadata.name : roleName,
  });
  if (may.allowed) return;
  const wanted = isRole ? (arrayAt(object, 'rules') as Rule[]) : rbac.rulesOf(roleKind, roleName, namespace);
  if (!wanted) {
    const plural = roleKind === 'ClusterRole' ? 'clusterroles' : 'roles';
    throw notFound({ group: rbacGroup, resource: plural }, roleName);
  }
  const extra = uncovered(wanted, rbac.rulesFor(call.user, namespace));
  if (extra.length === 0) return;
  const groups = call.user.groups.map((group) => JSON.stringify(group)).join(' ');
  const who = `user "${call.user.username}" (groups=[${groups}]) is attempting to grant RBAC permissions not currently held`;
  throw forbidden(call.resource, object.metadata.name, `${who}:\n${extra.map(ruleText).join('\n')}`);
}

function ruleText({ apiGroups, resources, resourceNames, nonResourceURLs, verbs }: Rule): string {
  const list = (name: string, values: string[] | undefined) =>
    values?.length ? [`${name}:[${values.map((value) => JSON.stringify(value)).join(' ')}]`] : [];
  return `{${[
    ...list('APIGroups', apiGroups),
    ...list('Resources', resources),
    ...list('ResourceNames', resourceNames),
    ...list('NonResourceURLs', nonResourceURLs),
    ...list('Verbs', verbs),
  ].join(', ')}}`;
}
