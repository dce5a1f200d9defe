import type { UserInfo } from '../extension.ts';
import { badRequest } from '../status.ts';
import { forbiddenRequest } from './forbidden.ts';
import type { Attributes, Rbac } from './rbac.ts';

/**
 * Who a request acts as: the `Impersonate-*` headers, when the caller may impersonate all that they name.
 * @throws 403 naming what may not be impersonated, 400 for groups without a user
 */
export function impersonate(headers: Headers, user: UserInfo, rbac: Rbac): UserInfo {
  const username = headers.get('impersonate-user');
  const groups = (headers.get('impersonate-group') ?? '')
    .split(',')
    .map((group) => group.trim())
    .filter((group) => group !== '');
  const uid = headers.get('impersonate-uid');
  if (!username) {
    if (groups.length === 0 && !uid) return user;
    throw badRequest('requested impersonation without impersonating a user');
  }
  const account = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(username);
  const base = { user, verb: 'impersonate', isResource: true, group: '' };
  const needed: Attributes[] = [
    account
      ? { ...base, resource: 'serviceaccounts', namespace: account[1], name: account[2] }
      : { ...base, resource: 'users', name: username },
    ...groups.map((group) => ({ ...base, resource: 'groups', name: group })),
    ...(uid ? [{ ...base, group: 'authentication.k8s.io', resource: 'uids', name: uid }] : []),
  ];
  for (const attributes of needed) {
    const { allowed, reason } = rbac.authorize(attributes);
    if (!allowed) throw forbiddenRequest(attributes, reason);
  }
  const implied = account ? ['system:serviceaccounts', `system:serviceaccounts:${account[1]}`] : [];
  const signedIn = username === 'system:anonymous' ? 'system:unauthenticated' : 'system:authenticated';
  return { username, ...(uid ? { uid } : {}), groups: [...new Set([...groups, ...implied, signedIn])] };
}
