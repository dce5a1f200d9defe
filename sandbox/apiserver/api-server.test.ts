import { beforeEach, describe, expect, test } from 'vitest';
import type { KubeClient } from '../client/kube-client.ts';
import type { KubeObject, ResourceRef, Status } from '../client/types.ts';
import { ApiServer } from './api-server.ts';
import { arrayAt, at } from './json.ts';

const configMaps: ResourceRef = { group: '', version: 'v1', resource: 'configmaps' };
const namespaces: ResourceRef = { group: '', version: 'v1', resource: 'namespaces' };
const definitions: ResourceRef = {
  group: 'apiextensions.k8s.io',
  version: 'v1',
  resource: 'customresourcedefinitions',
};
const widgets: ResourceRef = { group: 'example.com', version: 'v1', resource: 'widgets' };

let server: ApiServer;
let client: KubeClient;

beforeEach(() => {
  server = new ApiServer({
    tokens: (token) => (token === 'jane' ? { username: 'jane', groups: [] } : undefined),
  });
  client = server.client('tests/1.0');
});

function configMap(name: string, data: Record<string, string> = {}): KubeObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default' }, data };
}

const key = (name: string) => ({ namespace: 'default', name });

async function raw(
  method: string,
  path: string,
  init: { body?: string; type?: string; token?: string } = {},
) {
  const headers = new Headers();
  if (init.type) headers.set('content-type', init.type);
  if (init.token) headers.set('authorization', `Bearer ${init.token}`);
  const response = await server.handle(
    new Request(`https://test${path}`, { method, headers, body: init.body ?? null }),
  );
  const text = await response.text();
  let body: unknown = text;
  try {
    body = JSON.parse(text);
  } catch {
    // Some answers are plain text.
  }
  return { response, body };
}

async function refusal(promise: Promise<unknown>): Promise<Status> {
  try {
    await promise;
  } catch (error) {
    return (error as { status: Status }).status;
  }
  throw new Error('the request was not refused');
}

async function serveWidgets(spec: Record<string, unknown> = {}): Promise<void> {
  await client.create(definitions, {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'widgets.example.com' },
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: { plural: 'widgets', kind: 'Widget', shortNames: ['wd'], categories: ['all'] },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          subresources: { status: {} },
          additionalPrinterColumns: [
            { name: 'Cluster', type: 'string', jsonPath: '.metadata.labels.cpaas\\.io/cluster-name' },
            { name: 'First', type: 'string', jsonPath: '.status.versions[0].version' },
          ],
          schema: {
            openAPIV3Schema: {
              type: 'object',
              properties: {
                spec: {
                  type: 'object',
                  required: ['size'],
                  properties: {
                    size: { type: 'integer', minimum: 1 },
                    color: { type: 'string', default: 'red', enum: ['red', 'blue'] },
                    port: { 'x-kubernetes-int-or-string': true },
                    free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
                  },
                },
                status: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
              },
            },
          },
        },
      ],
      ...spec,
    },
  });
  for await (const { object } of client.watch(definitions, {
    fieldSelector: 'metadata.name=widgets.example.com',
  })) {
    if (arrayAt(object, 'status', 'conditions').some((condition) => at(condition, 'type') === 'Established'))
      return;
  }
}

function widget(name: string, spec: unknown): KubeObject {
  return { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name, namespace: 'default' }, spec };
}

describe('writing', () => {
  test('a write that is based on an old version is refused, and the new one counts', async () => {
    const first = await client.create(configMaps, configMap('a'));
    await client.update(configMaps, { ...first, data: { x: '1' } });
    expect(await refusal(client.update(configMaps, { ...first, data: { x: '2' } }))).toMatchObject({
      code: 409,
      reason: 'Conflict',
    });
    expect((await client.get(configMaps, key('a'))).data).toEqual({ x: '1' });
  });

  test('a write that changes nothing keeps the resource version', async () => {
    const first = await client.create(configMaps, configMap('a', { x: '1' }));
    const second = await client.update(configMaps, first);
    expect(second.metadata.resourceVersion).toBe(first.metadata.resourceVersion);
  });

  test('a dry run answers the object and stores nothing', async () => {
    expect((await client.create(configMaps, configMap('a'), { dryRun: true })).metadata.uid).toBeDefined();
    expect(await client.find(configMaps, key('a'))).toBeUndefined();
  });

  test('nothing can be created in a namespace that is going away', async () => {
    await client.create(namespaces, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'gone' } });
    await client.delete(namespaces, { name: 'gone' });
    const status = await refusal(
      client.create(configMaps, { ...configMap('a'), metadata: { name: 'a', namespace: 'gone' } }),
    );
    expect(status).toMatchObject({ code: 403, details: { causes: [{ reason: 'NamespaceTerminating' }] } });
  });

  test('a finalizer keeps a deleted object until it is removed', async () => {
    await client.create(configMaps, {
      ...configMap('a'),
      metadata: { ...key('a'), finalizers: ['example.com/hold'] },
    });
    expect(await client.delete(configMaps, key('a'))).toMatchObject({
      metadata: { deletionTimestamp: expect.any(String) },
    });
    await client.patch(configMaps, key('a'), { metadata: { finalizers: null } }, { type: 'merge' });
    expect(await client.find(configMaps, key('a'))).toBeUndefined();
  });

  test('a deletion with a foreign uid as precondition is refused', async () => {
    await client.create(configMaps, configMap('a'));
    const status = await refusal(client.delete(configMaps, key('a'), { preconditions: { uid: 'another' } }));
    expect(status).toMatchObject({ code: 409, reason: 'Conflict' });
  });

  test('generateName makes a name of the given beginning', async () => {
    const made = await client.create<KubeObject>(configMaps, {
      ...configMap(''),
      metadata: { generateName: 'x-', namespace: 'default' },
    });
    expect(made.metadata.name).toMatch(/^x-[a-z0-9]{5}$/);
  });
});

describe('patching', () => {
  test('a JSON patch whose test fails is refused with 422', async () => {
    await client.create(configMaps, configMap('a', { x: '1' }));
    const patch = [
      { op: 'test', path: '/data/x', value: '2' },
      { op: 'replace', path: '/data/x', value: '3' },
    ];
    expect(await refusal(client.patch(configMaps, key('a'), patch, { type: 'json' }))).toMatchObject({
      code: 422,
      reason: 'Invalid',
    });
  });

  test('strategic merge merges containers by name', async () => {
    const pods: ResourceRef = { group: '', version: 'v1', resource: 'pods' };
    const containers = [
      { name: 'a', image: 'a:1' },
      { name: 'b', image: 'b:1' },
    ];
    await client.create(pods, { apiVersion: 'v1', kind: 'Pod', metadata: key('p'), spec: { containers } });
    const patch = { spec: { containers: [{ name: 'b', image: 'b:2' }] } };
    const patched = await client.patch(pods, key('p'), patch, { type: 'strategic' });
    expect(arrayAt(patched, 'spec', 'containers').map((container) => at(container, 'image'))).toEqual([
      'a:1',
      'b:2',
    ]);
  });

  test('what an applier no longer applies is removed, what others own conflicts', async () => {
    await client.create(configMaps, configMap('a', { theirs: '1' }));
    const apply = (data: Record<string, string>, force = false) =>
      client.patch(configMaps, key('a'), configMap('a', data), { type: 'apply', fieldManager: 'me', force });
    await apply({ mine: '1', more: '1' });
    expect((await apply({ mine: '2' })).data).toEqual({ theirs: '1', mine: '2' });
    expect(await refusal(apply({ theirs: '2' }))).toMatchObject({
      code: 409,
      details: { causes: [{ reason: 'FieldManagerConflict', field: '.data.theirs' }] },
    });
    expect((await apply({ theirs: '2' }, true)).data).toEqual({ theirs: '2' });
  });
});

describe('custom resources', () => {
  test('are defaulted, pruned and validated by their schema', async () => {
    await serveWidgets();
    const made = await client.create(
      widgets,
      widget('a', { size: 1, bogus: true, free: { any: 1 }, port: 'http' }),
    );
    expect(made.spec).toEqual({ size: 1, color: 'red', free: { any: 1 }, port: 'http' });
    const status = await refusal(client.create(widgets, widget('b', { size: 0, color: 'green' })));
    expect(status.details?.causes?.map(({ field, reason }) => [field, reason])).toEqual([
      ['spec.size', 'FieldValueInvalid'],
      ['spec.color', 'FieldValueNotSupported'],
    ]);
  });

  test('have a status of their own, and count generations of the rest', async () => {
    await serveWidgets();
    const made = await client.create(widgets, { ...widget('a', { size: 1 }), status: { phase: 'Lost' } });
    expect(made.status).toBeUndefined();
    const reported = await client.updateStatus(widgets, { ...made, status: { phase: 'Ready' } });
    expect(reported).toMatchObject({ metadata: { generation: 1 }, status: { phase: 'Ready' } });
    const changed = await client.update(widgets, {
      ...reported,
      spec: { size: 2 },
      status: { phase: 'Lost' },
    });
    expect(changed).toMatchObject({ metadata: { generation: 2 }, status: { phase: 'Ready' } });
  });

  test('print the columns that their CRD declares, escaped dots and indexes included', async () => {
    await serveWidgets();
    const labels = { 'cpaas.io/cluster-name': 'edge' };
    const made = await client.create(widgets, {
      ...widget('a', { size: 1 }),
      metadata: { ...key('a'), labels },
    });
    await client.updateStatus(widgets, { ...made, status: { versions: [{ version: 'v2' }] } });
    const table = await tableOf('/apis/example.com/v1/namespaces/default/widgets');
    expect(at(arrayAt(table, 'rows')[0], 'cells')).toEqual(['a', 'edge', 'v2']);
  });

  test('a CRD with a broken schema is refused with the path of the fault', async () => {
    const versions = [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', properties: { spec: {} } } },
      },
    ];
    const status = await refusal(serveWidgets({ versions }));
    expect(status).toMatchObject({
      code: 422,
      details: { causes: [{ field: 'spec.versions[0].schema.openAPIV3Schema.properties[spec].type' }] },
    });
  });
});

/** A collection as a Table, asked by someone who may read it. */
async function tableOf(path: string): Promise<unknown> {
  await grant('cluster-admin');
  const headers = { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io', authorization: 'Bearer jane' };
  return (await server.handle(new Request(`https://test${path}`, { headers }))).json();
}

describe('listing and watching', () => {
  test('chunks show the state of the first one', async () => {
    for (const name of ['a', 'b', 'c']) await client.create(configMaps, configMap(name));
    const first = await client.list(configMaps, { namespace: 'default', limit: 2 });
    expect(first.metadata.remainingItemCount).toBe(1);
    await client.delete(configMaps, key('c'));
    await client.create(configMaps, configMap('d'));
    const second = await client.list(configMaps, {
      namespace: 'default',
      limit: 2,
      continue: first.metadata.continue,
    });
    expect([...first.items, ...second.items].map(({ metadata }) => metadata.name)).toEqual(['a', 'b', 'c']);
  });

  test('selectors choose by labels and fields', async () => {
    await client.create(configMaps, {
      ...configMap('a'),
      metadata: { ...key('a'), labels: { app: 'x', tier: 'front' } },
    });
    await client.create(configMaps, { ...configMap('b'), metadata: { ...key('b'), labels: { app: 'y' } } });
    const names = async (options: { labelSelector?: string; fieldSelector?: string }) =>
      (await client.list(configMaps, { namespace: 'default', ...options })).items.map(
        ({ metadata }) => metadata.name,
      );
    expect(await names({ labelSelector: 'app in (x, y),!tier' })).toEqual(['b']);
    expect(await names({ labelSelector: 'app!=y' })).toEqual(['a']);
    expect(await names({ fieldSelector: 'metadata.name=a' })).toEqual(['a']);
  });

  test('a watch with a selector tells of objects that leave it as deleted', async () => {
    const { metadata } = await client.list(configMaps);
    await client.create(configMaps, { ...configMap('a'), metadata: { ...key('a'), labels: { app: 'x' } } });
    await client.patch(configMaps, key('a'), { metadata: { labels: { app: 'y' } } }, { type: 'merge' });
    const seen: string[] = [];
    for await (const { type } of client.watch(configMaps, {
      labelSelector: 'app=x',
      resourceVersion: metadata.resourceVersion,
    })) {
      seen.push(type);
      if (type === 'DELETED') break;
    }
    expect(seen).toEqual(['ADDED', 'DELETED']);
  });

  test('a watch from a forgotten version ends with 410', async () => {
    const { metadata } = await client.list(configMaps);
    await client.create(configMaps, configMap('a'));
    server.compact();
    const watching = client.watch(configMaps, { resourceVersion: metadata.resourceVersion }).next();
    expect(await refusal(watching)).toMatchObject({ code: 410, reason: 'Expired' });
  });
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
    await grant();
    const answer = await raw('POST', '/api/v1/namespaces/default/configmaps', { body, type, token: 'jane' });
    expect(answer.response.status).toBe(code);
    expect(answer.body).toMatchObject({ kind: 'Status', code });
    expect((await raw('GET', '/readyz')).response.status).toBe(200);
  });

  test('keys like __proto__ reach no prototype', async () => {
    await grant();
    const body = '{"metadata":{"name":"a"},"data":{"__proto__":"x","constructor":"y"}}';
    const answer = await raw('POST', '/api/v1/namespaces/default/configmaps', {
      body,
      type: 'application/json',
      token: 'jane',
    });
    expect(answer.response.status).toBe(201);
    expect(at(answer.body, 'data')).toEqual({ constructor: 'y' });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

/** Gives Jane a ClusterRole in the namespace `default`. */
async function grant(name = 'admin'): Promise<void> {
  await client.create(
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

describe('rights', () => {
  test('nobody grants what they do not have', async () => {
    await grant();
    const body = JSON.stringify({
      metadata: { name: 'more' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
      subjects: [{ kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: 'jane' }],
    });
    const path = '/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings';
    const { response, body: status } = await raw('POST', path, {
      body,
      type: 'application/json',
      token: 'jane',
    });
    expect(response.status).toBe(403);
    expect(at(status, 'message')).toContain('is attempting to grant RBAC permissions not currently held');
  });

  test('acting as somebody else needs the right to impersonate', async () => {
    const headers = { authorization: 'Bearer jane', 'impersonate-user': 'admin' };
    const response = await server.handle(new Request('https://test/api/v1/namespaces', { headers }));
    expect(response.status).toBe(403);
    expect(at(await response.json(), 'message')).toContain('cannot impersonate resource "users"');
  });
});
