import { now } from '../../now.ts';
import { readDecoded, readText } from '../body.ts';
import { parseJson } from '../codec.ts';
import { type Call, present } from '../core.ts';
import { at, isObject, stringAt } from '../json.ts';
import { pageNotFound, respond } from '../negotiate.ts';
import { methodNotAllowed, notFound } from '../status.ts';
import { writeMode } from './options.ts';
import { respondObject } from './output.ts';
import { patch } from './patch.ts';
import { current, isFinished, replace, update } from './update.ts';

/** Answers requests to `…/<name>/<subresource>`. Those that need a running container answer 405. */
export async function subresource(call: Call): Promise<Response> {
  const { info, resource } = call;
  const known = resource.subresources.find(({ name }) => name === info.subresource);
  if (!known || info.rest.length > 0) return pageNotFound();
  if (!known.verbs.includes(info.verb)) throw methodNotAllowed();
  switch (known.name) {
    case 'status':
    case 'approval':
    case 'resize':
    case 'ephemeralcontainers':
      return readOrWrite(call);
    case 'finalize':
      return finalize(call);
    case 'scale':
      return scale(call);
    case 'log':
      return log(call);
    case 'binding':
      return bind(call);
    case 'eviction':
      return evict(call);
    case 'token':
      return token(call);
    default:
      throw methodNotAllowed();
  }
}

function readOrWrite(call: Call): Promise<Response> | Response {
  if (call.info.verb === 'get') return respondObject(call, current(call));
  return call.info.verb === 'update' ? update(call) : patch(call);
}

/** Namespaces lose their finalizer here; with the last one the namespace itself is gone. */
async function finalize(call: Call): Promise<Response> {
  const old = current(call);
  const body = await readDecoded(call.request, 'Namespace');
  const finalizers = at(body, 'spec', 'finalizers');
  const next = { ...old, spec: { finalizers: Array.isArray(finalizers) ? finalizers : [] } };
  const { group, resource } = call.resource.storage;
  if (isFinished(next)) return respondObject(call, call.core.store.remove(group, resource, next));
  return respondObject(call, call.core.store.put(group, resource, next));
}

/** `autoscaling/v1 Scale` of a workload. */
async function scale(call: Call): Promise<Response> {
  const object = current(call);
  if (call.info.verb === 'get') return respond(scaleOf(object), { as: call.accept });
  const isPatch = call.info.verb === 'patch';
  // Every form of patch that clients send to `scale` is a plain merge of `spec.replicas`.
  const body = isPatch
    ? parseJson(await readText(call.request), 'Scale')
    : await readDecoded(call.request, 'Scale');
  const replicas = Number(at(body, 'spec', 'replicas') ?? at(object, 'spec', 'replicas') ?? 0);
  const spec = { ...(isObject(object.spec) ? object.spec : {}), replicas };
  const plain = { ...call, info: omitSubresource(call) };
  const scaled = await replace(plain, object, { ...object, spec }, writeMode(call, 'UpdateOptions'));
  return respond(scaleOf(scaled), { as: call.accept });
}

function omitSubresource(call: Call): Call['info'] {
  const { subresource: _subresource, ...info } = call.info;
  return info;
}

function scaleOf(object: ReturnType<typeof current>) {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas: at(object, 'spec', 'replicas') ?? 0 },
    status: { replicas: at(object, 'status', 'replicas') ?? 0 },
  };
}

/** No containers run: the log says so instead of pretending. */
function log(call: Call): Response {
  const pod = current(call);
  const { query } = call.info;
  const container =
    query.get('container') ?? stringAt((at(pod, 'spec', 'containers') as unknown[] | undefined)?.[0], 'name');
  const text = `The sandbox runs no containers: ${pod.metadata.namespace}/${pod.metadata.name} (container ${container}) has written nothing.\n`;
  return new Response(text, { headers: { 'content-type': 'text/plain' } });
}

/** The scheduler's decision: `spec.nodeName` from a Binding. */
async function bind(call: Call): Promise<Response> {
  const pod = current(call);
  const body = await readDecoded(call.request, 'Binding');
  const node = stringAt(body, 'target', 'name') ?? '';
  const spec = { ...(isObject(pod.spec) ? pod.spec : {}), nodeName: node };
  const { group, resource } = call.resource.storage;
  const condition = { type: 'PodScheduled', status: 'True', lastProbeTime: null, lastTransitionTime: now() };
  const status = { ...(isObject(pod.status) ? pod.status : {}), conditions: [condition] };
  call.core.store.put(group, resource, { ...present(call.resource, pod), spec, status });
  return respond(
    { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 },
    { status: 201 },
  );
}

async function evict(call: Call): Promise<Response> {
  const pod = current(call);
  const { group, resource } = call.resource.storage;
  const metadata = { ...pod.metadata, deletionTimestamp: now(), deletionGracePeriodSeconds: 30 };
  call.core.store.put(group, resource, { ...pod, metadata });
  return respond(
    { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 },
    { status: 201 },
  );
}

/** Tokens of service accounts are accepted by nobody here; the answer has the right shape for clients that ask. */
async function token(call: Call): Promise<Response> {
  const account = current(call);
  if (!account) throw notFound(call.resource, call.info.name ?? '');
  const body = await readDecoded(call.request, 'TokenRequest', { optional: true });
  const expirationTimestamp = new Date(Date.now() + 3_600_000).toISOString().replace(/\.\d+Z$/, 'Z');
  const status = { token: `sandbox-${account.metadata.uid}`, expirationTimestamp };
  const spec = isObject(at(body, 'spec')) ? at(body, 'spec') : {};
  const { name, namespace } = account.metadata;
  return respond(
    {
      kind: 'TokenRequest',
      apiVersion: 'authentication.k8s.io/v1',
      metadata: { name, namespace, creationTimestamp: now() },
      spec,
      status,
    },
    { status: 201 },
  );
}
