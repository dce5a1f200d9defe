import { beforeEach, describe, expect, test } from 'vitest';
import { at } from './json.ts';
import { TestServer } from './testing/test-server.ts';

let on: TestServer;

beforeEach(() => {
  on = new TestServer();
});

describe('hostile input', () => {
  test.each([
    ['text that is no JSON', '{"apiVersion":', 'application/json', 400],
    ['a list', '[]', 'application/json', 400],
    ['another media type', 'x', 'text/plain', 415],
    ['deep nesting', `{"data":${'['.repeat(2_000)}${']'.repeat(2_000)}}`, 'application/json', 400],
    ['more than 3 MiB', `{"data":{"x":"${'y'.repeat(3 * 1024 * 1024)}"}}`, 'application/json', 413],
    ['broken YAML', 'a: [', 'application/yaml', 400],
    ['broken protobuf', 'k8s', 'application/vnd.kubernetes.protobuf', 400],
  ])('%s gets the Status that Kubernetes gives', async (_name, body, type, code) => {
    await on.grant();
    const answer = await on.raw('POST', '/api/v1/namespaces/default/configmaps', {
      body,
      type,
      token: 'jane',
    });
    expect(answer.response.status).toBe(code);
    expect(answer.body).toMatchObject({ kind: 'Status', code });
    expect((await on.raw('GET', '/readyz')).response.status).toBe(200);
  });

  test('keys like __proto__ reach no prototype', async () => {
    await on.grant();
    const body = '{"metadata":{"name":"a"},"data":{"__proto__":"x","constructor":"y"}}';
    const answer = await on.raw('POST', '/api/v1/namespaces/default/configmaps', {
      body,
      type: 'application/json',
      token: 'jane',
    });
    expect(answer.response.status).toBe(201);
    expect(at(answer.body, 'data')).toEqual({ constructor: 'y' });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('rights', () => {
  test('nobody grants what they do not have', async () => {
    await on.grant();
    const body = JSON.stringify({
      metadata: { name: 'more' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
      subjects: [{ kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: 'jane' }],
    });
    const path = '/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings';
    const { response, body: status } = await on.raw('POST', path, {
      body,
      type: 'application/json',
      token: 'jane',
    });
    expect(response.status).toBe(403);
    expect(at(status, 'message')).toContain('is attempting to grant RBAC permissions not currently held');
  });

  test('acting as somebody else needs the right to impersonate', async () => {
    const headers = { authorization: 'Bearer jane', 'impersonate-user': 'admin' };
    const response = await on.server.handle(new Request('https://test/api/v1/namespaces', { headers }));
    expect(response.status).toBe(403);
    expect(at(await response.json(), 'message')).toContain('cannot impersonate resource "users"');
  });
});
