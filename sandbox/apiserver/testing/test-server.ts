import type { KubeClient } from '../../client/kube-client.ts';
import type { KubeObject, ResourceRef, Status } from '../../client/types.ts';
import { ApiServer } from '../api-server.ts';

export const configMaps: ResourceRef = { group: '', version: 'v1', resource: 'configmaps' };

/** An API server with nothing on it. Its user Jane (token `jane`) may do what `grant` gave her. */
export class TestServer {
  readonly server = new ApiServer({
    tokens: (token) => (token === 'jane' ? { username: 'jane', groups: [] } : undefined),
  });
  /** Speaks as a member of `system:masters`. */
  readonly client: KubeClient = this.server.client('tests/1.0');

  /** Sends a request as it is, as Jane when it has her token. */
  async raw(
    method: string,
    path: string,
    init: { body?: string; type?: string; token?: string; accept?: string } = {},
  ): Promise<{ response: Response; body: unknown }> {
    const headers = new Headers();
    if (init.type) headers.set('content-type', init.type);
    if (init.accept) headers.set('accept', init.accept);
    if (init.token) headers.set('authorization', `Bearer ${init.token}`);
    const response = await this.server.handle(
      new Request(`https://test${path}`, { method, headers, body: init.body ?? null }),
    );
    const text = await response.text();
    try {
      return { response, body: JSON.parse(text) as unknown };
    } catch {
      // Some answers are plain text.
      return { response, body: text };
    }
  }

  /** Gives Jane a ClusterRole in the namespace `default`. */
  async grant(name = 'admin'): Promise<void> {
    await this.client.create(
      { group: 'rbac.authorization.k8s.io', version: 'v1', resource: 'rolebindings' },
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'RoleBinding',
        metadata: { name: 'jane', namespace: 'default' },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
        subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'jane' }],
      },
    );
  }
}

/** A ConfigMap in the namespace `default`. */
export function configMap(name: string, data: Record<string, string> = {}): KubeObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default' }, data };
}

/** The key of an object in the namespace `default`. */
export const key = (name: string) => ({ namespace: 'default', name });

/** The Status with which a request was refused. */
export async function refusal(promise: Promise<unknown>): Promise<Status> {
  try {
    await promise;
  } catch (error) {
    return (error as { status: Status }).status;
  }
  throw new Error('the request was not refused');
}
