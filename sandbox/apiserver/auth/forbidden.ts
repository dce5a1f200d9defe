import { ApiError } from '../status.ts';
import type { Attributes } from './rbac.ts';

/** The 403 of the authorizer, worded as `k8s.io/apiserver/pkg/endpoints/handlers/responsewriters` words it. */
export function forbiddenRequest(attributes: Attributes, reason: string): ApiError {
  const { user, verb, group, resource, subresource, namespace, name, path } = attributes;
  const who = `User ${JSON.stringify(user.username)}`;
  const suffix = reason ? `: ${reason}` : '';
  if (!attributes.isResource) {
    return new ApiError(403, 'Forbidden', `forbidden: ${who} cannot ${verb} path "${path}"${suffix}`, {});
  }
  const asked = subresource ? `${resource}/${subresource}` : resource;
  const where = namespace ? `in the namespace "${namespace}"` : 'at the cluster scope';
  const qualifiedName = group ? `${resource}.${group}` : resource;
  const subject = name ? `${qualifiedName} "${name}"` : qualifiedName;
  const message = `${subject} is forbidden: ${who} cannot ${verb} resource "${asked}" in API group "${group}" ${where}${suffix}`;
  return new ApiError(403, 'Forbidden', message, {
    ...(name ? { name } : {}),
    ...(group ? { group } : {}),
    kind: resource,
  });
}
