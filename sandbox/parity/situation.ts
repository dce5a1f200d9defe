import type { UserInfo } from '../apiserver/extension.ts';
import { stringAt } from '../apiserver/json.ts';
import type { KubeObject, ResourceRef } from '../client/types.ts';
import type { ClusterRuntime } from '../cluster-runtime.ts';
import { startControllers } from '../controllers/start.ts';
import { makeCluster } from '../make-cluster.ts';
import { Catalog } from '../olm/catalog/catalog.ts';
import { startOlm } from '../olm/start.ts';
import { type Recording, recorded } from './recordings.ts';

/** The users of the recorded server; the token is the name. */
const users: Record<string, UserInfo> = {
  admin: { username: 'admin', uid: 'admin-uid', groups: ['system:masters'] },
  viewer: { username: 'viewer', groups: ['viewers'] },
  editor: { username: 'editor', groups: ['editors'] },
  nobody: { username: 'nobody', groups: [] },
};

const subscriptions: ResourceRef = {
  group: 'operators.coreos.com',
  version: 'v1alpha1',
  resource: 'subscriptions',
};
const bindings: ResourceRef = {
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  resource: 'clusterrolebindings',
};

/** A cluster as the recorded one was when the requests were sent: its users, OLM's kinds, kiali subscribed to. */
export async function recordedSituation(signal: AbortSignal): Promise<ClusterRuntime> {
  const tokens = (token: string) => (Object.hasOwn(users, token) ? users[token] : undefined);
  const cluster = makeCluster({
    name: 'recorded',
    plain: true,
    speed: 20,
    signal,
    tokens,
    gitVersion: 'v1.36.2',
  });
  startControllers(cluster);
  const { client } = cluster;
  await client.create(
    { group: '', version: 'v1', resource: 'nodes' },
    object('v1', 'Node', { name: 'node-0', labels: { 'kubernetes.io/os': 'linux' } }),
  );
  await startOlm(cluster, { catalogs: await recordedCatalogs(), bundles: [recorded.bundles] });
  await client.create(
    { group: '', version: 'v1', resource: 'namespaces' },
    object('v1', 'Namespace', { name: 'multi' }),
  );
  await client.create(bindings, bindingOf('viewers-view', 'view', 'viewers'));
  await client.create(bindings, bindingOf('editors-edit', 'edit', 'editors'));
  // The script that recorded was Python's.
  await cluster.server.client('Python-urllib/3.12').create(subscriptions, {
    ...object('operators.coreos.com/v1alpha1', 'Subscription', { name: 'kiali', namespace: 'operators' }),
    spec: {
      channel: 'stable',
      installPlanApproval: 'Manual',
      name: 'kiali',
      source: 'operatorhubio-catalog',
      sourceNamespace: 'olm',
    },
  });
  await settled(cluster);
  return cluster;
}

/** Waits until OLM has said about the Subscription what it has to say and leaves it alone. */
async function settled({ client }: ClusterRuntime): Promise<void> {
  let seen = '';
  for (let look = 0; look < 75; look++) {
    const { metadata, status } = await client.get(subscriptions, { namespace: 'operators', name: 'kiali' });
    const revision = metadata.resourceVersion ?? '';
    if (revision === seen && stringAt(status, 'state') === 'UpgradePending') return;
    seen = revision;
    await new Promise((resolve) => setTimeout(resolve, 400));
  }
  throw new Error('the Subscription kiali has not come to rest within 30 seconds');
}

/** The two catalogs of the recorded server under their names. */
async function recordedCatalogs() {
  const hub = {
    name: 'operatorhubio-catalog',
    displayName: 'Community Operators',
    publisher: 'OperatorHub.io',
    path: recorded.hub,
  };
  const inline = {
    name: 'inline-catalog',
    displayName: 'Inline Operators',
    publisher: 'Local',
    path: recorded.inline,
  };
  const opened = await Promise.all([hub, inline].map((options) => Catalog.open(options, () => undefined)));
  return opened.map((catalog) => ({ catalog, library: false }));
}

function object(apiVersion: string, kind: string, metadata: KubeObject['metadata']): KubeObject {
  return { apiVersion, kind, metadata };
}

function bindingOf(name: string, role: string, group: string): KubeObject {
  const apiGroup = 'rbac.authorization.k8s.io';
  return {
    ...object(`${apiGroup}/v1`, 'ClusterRoleBinding', { name }),
    roleRef: { apiGroup, kind: 'ClusterRole', name: role },
    subjects: [{ kind: 'Group', apiGroup, name: group }],
  };
}

/** Sends a recorded request to the sandbox as the recorded user. */
export async function replay(
  cluster: ClusterRuntime,
  { request }: Recording,
): Promise<{ response: Response; body: unknown }> {
  const headers = new Headers({ 'user-agent': 'Python-urllib/3.12' });
  if (request.accept) headers.set('accept', request.accept);
  if (request.contentType) headers.set('content-type', request.contentType);
  if (request.user !== 'anonymous') headers.set('authorization', `Bearer ${request.user}`);
  const body = await bodyOf(cluster, request);
  const url = `https://sandbox${request.path}`;
  const response = await cluster.server.handle(new Request(url, { method: request.method, headers, body }));
  const text = await response.text();
  return { response, body: parsed(text) };
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
  const { metadata } = await cluster.client.get(subscriptions, { namespace: 'operators', name: 'kiali' });
  return text.replaceAll(uid, metadata.uid ?? '');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
