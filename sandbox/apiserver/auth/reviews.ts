import { now } from '../../now.ts';
import type { UserInfo } from '../extension.ts';
import { changedFields } from '../fields/field-set.ts';
import { at, isObject, stringAt } from '../json.ts';
import type { Resource } from '../resource.ts';
import { badRequest, invalid, invalidValue, required } from '../status.ts';
import type { TokenTable } from './authenticate.ts';
import type { Attributes, Rbac } from './rbac.ts';

export interface ReviewContext {
  rbac: Rbac;
  tokens: TokenTable;
  user: UserInfo;
  namespace: string | undefined;
  /** Who wrote the question, for its managed fields. */
  manager: string;
}

/**
 * Answers the kinds of `authentication.k8s.io` and `authorization.k8s.io`: objects that are questions and never stored.
 * @throws 422 when the question is incomplete
 */
export function answerReview(
  resource: Resource,
  body: unknown,
  context: ReviewContext,
): Record<string, unknown> {
  const spec = isObject(at(body, 'spec')) ? (at(body, 'spec') as Record<string, unknown>) : {};
  const base = { kind: resource.kind, apiVersion: `${resource.group}/${resource.version}`, metadata: {} };
  switch (resource.kind) {
    case 'SelfSubjectReview':
      return {
        ...base,
        metadata: { creationTimestamp: now() },
        status: { userInfo: userInfo(context.user) },
      };
    case 'TokenReview': {
      const user = context.tokens(stringAt(spec, 'token') ?? '');
      const groups = user && [...new Set([...user.groups, 'system:authenticated'])];
      const status = user
        ? { authenticated: true, user: userInfo({ ...user, groups: groups ?? [] }) }
        : { user: {}, error: 'invalid bearer token' };
      return { ...base, spec, status };
    }
    case 'SelfSubjectAccessReview':
      return {
        ...base,
        metadata: written(base, spec, context),
        spec,
        status: decide(spec, context.user, context.rbac, resource),
      };
    case 'SubjectAccessReview':
    case 'LocalSubjectAccessReview': {
      const groups = Array.isArray(spec.groups) ? spec.groups.map(String) : [];
      const username = stringAt(spec, 'user') ?? '';
      if (!username && groups.length === 0) {
        throw invalid(subject(resource), '', [
          invalidValue('spec.user', username, 'at least one of user or group must be specified'),
        ]);
      }
      if (
        resource.kind === 'LocalSubjectAccessReview' &&
        stringAt(spec, 'resourceAttributes', 'namespace') !== context.namespace
      ) {
        throw badRequest('must be the same as metadata.namespace: spec.resourceAttributes.namespace');
      }
      return {
        ...base,
        metadata: written(base, spec, context),
        spec,
        status: decide(spec, { username, groups }, context.rbac, resource),
      };
    }
    case 'SelfSubjectRulesReview': {
      const namespace = stringAt(spec, 'namespace');
      if (!namespace) throw badRequest('no namespace on request');
      const rules = context.rbac.rulesFor(context.user, namespace);
      const resourceRules = rules.filter((rule) => rule.resources?.length);
      const nonResourceRules = rules.filter((rule) => rule.nonResourceURLs?.length);
      return { ...base, spec: {}, status: { resourceRules, nonResourceRules, incomplete: false } };
    }
    default:
      throw badRequest(`${resource.kind} can't be answered`);
  }
}

/** Access reviews go through the registry like stored objects and carry managed fields, although nothing keeps them. */
function written(
  { apiVersion }: { apiVersion: string },
  spec: Record<string, unknown>,
  { manager }: ReviewContext,
) {
  const time = now();
  const fieldsV1 = changedFields({ spec: {} }, { spec }, { resolve: (schema) => schema, builtin: true });
  return {
    managedFields: [{ manager, operation: 'Update', apiVersion, time, fieldsType: 'FieldsV1', fieldsV1 }],
  };
}

function decide(spec: Record<string, unknown>, user: UserInfo, rbac: Rbac, resource: Resource) {
  const forResource = spec.resourceAttributes;
  const forPath = spec.nonResourceAttributes;
  if (isObject(forResource) === isObject(forPath)) {
    throw invalid(subject(resource), '', [
      isObject(forResource)
        ? invalidValue(
            'spec.nonResourceAttributes',
            forPath,
            'cannot be specified in combination with resourceAttributes',
          )
        : required(
            'spec.resourceAttributes',
            'exactly one of nonResourceAttributes or resourceAttributes must be specified',
          ),
    ]);
  }
  const { allowed, reason } = rbac.authorize(attributesOf(forResource, forPath, user));
  return { allowed, ...(reason ? { reason } : {}) };
}

function attributesOf(forResource: unknown, forPath: unknown, user: UserInfo): Attributes {
  const text = (key: string) => stringAt(forResource, key) || undefined;
  return {
    user,
    verb: text('verb') ?? stringAt(forPath, 'verb') ?? '',
    isResource: isObject(forResource),
    group: text('group') ?? '',
    resource: text('resource') ?? '',
    subresource: text('subresource'),
    namespace: text('namespace'),
    name: text('name'),
    path: stringAt(forPath, 'path'),
  };
}

function userInfo({ username, uid, groups, extra }: UserInfo) {
  return { username, ...(uid ? { uid } : {}), groups, ...(extra ? { extra } : {}) };
}

function subject(resource: Resource) {
  return { group: resource.group, resource: resource.kind };
}
