import type { TokenTable } from '../auth/authenticate.ts';
import { answerReview } from '../auth/reviews.ts';
import { readDecoded } from '../body.ts';
import type { Call, Core } from '../core.ts';
import type { UserInfo } from '../extension.ts';
import { negotiate, pageNotFound, respond, respondError } from '../negotiate.ts';
import type { RequestInfo } from '../request-info.ts';
import type { Resource } from '../resource.ts';
import { badRequest, methodNotAllowed } from '../status.ts';
import { requireNamespace } from './admit.ts';
import { create } from './create.ts';
import { deleteCollection, deleteOne } from './delete.ts';
import { list } from './list.ts';
import { managerOf } from './options.ts';
import { objectForms, respondObject } from './output.ts';
import { patch } from './patch.ts';
import { subresource } from './subresources.ts';
import { current, update } from './update.ts';
import { watch } from './watch.ts';

const reviewGroups = new Set(['authentication.k8s.io', 'authorization.k8s.io']);

/** Answers a request to a resource that this server itself keeps. */
export async function handleResource(
  core: Core,
  request: Request,
  info: RequestInfo,
  user: UserInfo,
  tokens: TokenTable,
): Promise<Response> {
  const resource = core.registry.find(info.group, info.version, info.resource);
  if (!resource) return pageNotFound();
  if (!isPlaced(resource, info))
    return info.name === undefined ? respondError(methodNotAllowed()) : pageNotFound();
  const accept = negotiate(request.headers.get('accept'), objectForms);
  const call: Call = { core, info, resource, user, request, accept, warnings: [] };
  try {
    if (reviewGroups.has(resource.group)) return await review(call, tokens);
    if (info.subresource !== undefined) return await subresource(call);
    if (!resource.verbs.includes(info.verb)) throw methodNotAllowed();
    checkNamed(call);
    return await answer(call);
  } catch (error) {
    // Kubernetes answers failures as plain Status whatever form of object was asked.
    return respondError(error, { mediaType: accept.mediaType });
  }
}

/** One object is created below its collection, and updated below its name. */
function checkNamed({ resource, info: { verb, name } }: Call): void {
  const isMisplaced =
    verb === 'create' ? name !== undefined : verb === 'update' || verb === 'patch' ? !name : false;
  if (!isMisplaced) return;
  if (resource.builtin) throw methodNotAllowed();
  if (verb !== 'create') throw badRequest('name must be provided');
}

/** A namespaced resource is written in a namespace; a cluster-scoped one knows none. */
function isPlaced(resource: Resource, info: RequestInfo): boolean {
  if (resource.group === '' && resource.resource === 'namespaces') return true;
  if (!resource.namespaced) return info.namespace === undefined;
  return (
    info.namespace !== undefined ||
    info.verb === 'list' ||
    info.verb === 'watch' ||
    reviewGroups.has(resource.group)
  );
}

async function answer(call: Call): Promise<Response> {
  switch (call.info.verb) {
    case 'get':
      return respondObject(call, current(call));
    case 'list':
      return list(call);
    case 'watch':
      return watch(call);
    case 'create':
      return create(call);
    case 'update':
      return update(call);
    case 'patch':
      return patch(call);
    case 'delete':
      return deleteOne(call);
    case 'deletecollection':
      return deleteCollection(call);
    default:
      throw methodNotAllowed();
  }
}

async function review(call: Call, tokens: TokenTable): Promise<Response> {
  if (call.info.verb !== 'create') throw methodNotAllowed();
  requireNamespace(call, undefined);
  const { core, user, info, resource, request } = call;
  const body = await readDecoded(request, resource.kind);
  const answered = answerReview(resource, body, {
    rbac: core.rbac,
    tokens,
    user,
    namespace: info.namespace,
    manager: managerOf(call),
  });
  return respond(answered, { status: 201, as: call.accept });
}
