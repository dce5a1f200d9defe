import { stringAt } from '../apiserver/json.ts';
import type { ClusterRuntime } from '../cluster-runtime.ts';
import { refs } from '../olm/refs.ts';
import { parsedBody, type Recording } from './recordings.ts';
import { recorder } from './world.ts';

export interface Answer {
  response: Response;
  body: unknown;
}

/**
 * Sends a recorded request as the recorded user. What only the recorded server could know stands for what is known
 * here: the token that continues a list, the version from which a watch begins, the uid of an object.
 */
export async function replay(cluster: ClusterRuntime, { request }: Recording): Promise<Answer> {
  const headers = new Headers({ 'user-agent': recorder });
  if (request.accept) headers.set('accept', request.accept);
  if (request.contentType) headers.set('content-type', request.contentType);
  if (request.user !== 'anonymous') headers.set('authorization', `Bearer ${request.user}`);
  const url = new URL(request.path, 'https://sandbox');
  if (url.searchParams.has('continue')) url.searchParams.set('continue', await continuation(cluster, url));
  if (url.searchParams.get('allowWatchBookmarks') && url.searchParams.has('resourceVersion')) {
    url.searchParams.set('resourceVersion', await revision(cluster));
  }
  const body = await bodyOf(cluster, request);
  const response = await cluster.server.handle(new Request(url, { method: request.method, headers, body }));
  return { response, body: parsedBody(await response.text()) };
}

/** GETs a path as admin. */
export function get(cluster: ClusterRuntime, path: string): Promise<Answer> {
  const request = {
    method: 'GET',
    path,
    user: 'admin',
    accept: 'application/json',
    contentType: null,
    body: null,
  };
  return replay(cluster, { request, status: 200, headers: {}, body: null });
}

/** The token with which the first part of the same list ends here. */
async function continuation(cluster: ClusterRuntime, url: URL): Promise<string> {
  const first = new URL(url);
  first.searchParams.delete('continue');
  const { body } = await get(cluster, first.pathname + first.search);
  return stringAt(body, 'metadata', 'continue') ?? '';
}

async function revision(cluster: ClusterRuntime): Promise<string> {
  const { metadata } = await cluster.client.list(refs.subscriptions);
  return metadata.resourceVersion ?? '';
}

/** The recorded body, with the uid that the object has here where it names the recorded one. */
async function bodyOf(
  cluster: ClusterRuntime,
  { body, method }: Recording['request'],
): Promise<string | null> {
  if (body === null) return null;
  if (typeof body === 'string') return body;
  const uid = stringAt(body, 'metadata', 'uid');
  const text = JSON.stringify(body);
  if (!uid || method !== 'PUT') return text;
  const { metadata } = await cluster.client.get(refs.subscriptions, {
    namespace: 'operators',
    name: 'kiali',
  });
  return text.replaceAll(uid, metadata.uid ?? '');
}
