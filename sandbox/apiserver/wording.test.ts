import { beforeEach, describe, expect, test } from 'vitest';
import { at } from './json.ts';
import { TestServer } from './testing/test-server.ts';

const path = '/api/v1/namespaces/default/configmaps';
const merge = 'application/merge-patch+json';
const strategic = 'application/strategic-merge-patch+json';
const json = 'application/json-patch+json';
const apply = 'application/apply-patch+yaml';
const deployments = '/apis/apps/v1/namespaces/default/deployments';
const deployment = {
  metadata: { name: 'web' },
  spec: {
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image: 'i' }] } },
  },
};

let on: TestServer;

beforeEach(async () => {
  on = new TestServer();
  await on.grant();
  await send('POST', path, 'application/json', { metadata: { name: 'a' }, data: { a: 'b' } });
  await send('POST', deployments, 'application/json', deployment);
});

async function send(method: string, where: string, type: string, body: unknown) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const answer = await on.raw(method, where, { body: text, type, token: 'jane' });
  const status = answer.body as { code?: number; message?: string; reason?: string };
  return { code: answer.response.status, message: status.message, reason: status.reason, body: answer.body };
}

describe('a value of the wrong type is named as Go names it', () => {
  const create = (where: string, body: unknown) => send('POST', where, 'application/json', body);
  const secrets = '/api/v1/namespaces/default/secrets';
  test.each([
    [
      'with the innermost struct',
      deployments,
      { spec: { replicas: '1' } },
      'Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32',
    ],
    [
      'below lists, without their positions',
      deployments,
      { spec: { template: { spec: { containers: [{ env: [{ name: 'A', value: 1 }] }] } } } },
      'Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal number into Go struct field EnvVar.spec.template.spec.containers.env.value of type string',
    ],
    [
      'below maps, without their keys',
      path,
      { data: { a: true } },
      'ConfigMap in version "v1" cannot be handled as a ConfigMap: json: cannot unmarshal bool into Go struct field ConfigMap.data of type string',
    ],
    [
      'in metadata',
      path,
      { metadata: { labels: { a: 1 } } },
      'ConfigMap in version "v1" cannot be handled as a ConfigMap: json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string',
    ],
    [
      'and bytes by the position that does not decode',
      secrets,
      { metadata: { name: 's' }, data: { a: 'aGk=', b: 'ab%=' } },
      'Secret in version "v1" cannot be handled as a Secret: illegal base64 data at input byte 2',
    ],
  ])('%s', async (_, where, body, message) => {
    expect(await create(where, body)).toMatchObject({ code: 400, reason: 'BadRequest', message });
  });
});

describe('a patch that can not be', () => {
  test.each([
    [
      merge,
      '[1]',
      'error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}',
    ],
    [merge, '{"data":', 'error decoding patch: unexpected end of JSON input'],
    [strategic, '[1]', 'json: cannot unmarshal array into Go value of type map[string]interface {}'],
    [json, '{"op":"add"}', 'json: cannot unmarshal object into Go value of type jsonpatch.Patch'],
    [
      `${apply}`,
      '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"other"}}',
      'the name of the object (other) does not match the name on the URL (a)',
    ],
  ])('read (%s %s) is a bad request', async (type, body, message) => {
    const answer = await send('PATCH', `${path}/a?fieldManager=tests`, type, body);
    expect(answer).toMatchObject({ code: 400, reason: 'BadRequest', message });
  });

  test.each([
    [
      merge,
      { spec: { replicas: 'x' } },
      /^ "" is invalid: patch: Invalid value: "\{.*\}": json: cannot unmarshal string into Go struct field DeploymentSpec\.spec\.replicas of type int32$/,
    ],
    [
      strategic,
      { spec: { replicas: 'x' } },
      /^ "" is invalid: patch: Invalid value: "map\[spec:map\[replicas:x\]\]": unrecognized type: int32$/,
    ],
    [
      json,
      [{ op: 'replace', path: '/spec/replicas', value: 'x' }],
      /DeploymentSpec\.spec\.replicas of type int32$/,
    ],
  ])('decoded afterwards (%s) is invalid, and so is the patch', async (type, body, message) => {
    const {
      code,
      reason,
      message: said,
      body: status,
    } = await send('PATCH', `${deployments}/web`, type, body);
    expect({ code, reason }).toEqual({ code: 422, reason: 'Invalid' });
    expect(said).toMatch(message);
    expect(at(status, 'details', 'causes', '0', 'field') ?? at(status, 'details')).toBeDefined();
  });
});

test('a deletion of another object than was meant says so', async () => {
  const body = { preconditions: { uid: 'other' } };
  const { code, message, body: status } = await send('DELETE', `${path}/a`, 'application/json', body);
  expect(code).toBe(409);
  expect(message).toMatch(
    /^Operation cannot be fulfilled on ConfigMap "a": the UID in the precondition \(other\) does not match the UID in record \([0-9a-f-]{36}\)\. The object might have been deleted and then recreated$/,
  );
  expect(at(status, 'details')).toEqual({ name: 'a', kind: 'ConfigMap' });
});

test.each([
  ['POST', `${path}/a`],
  ['PUT', path],
  ['PATCH', path],
])('%s %s is not allowed', async (method, where) => {
  const type = method === 'PATCH' ? merge : 'application/json';
  const answer = await send(method, where, type, { metadata: { name: 'a' } });
  expect(answer).toMatchObject({
    code: 405,
    reason: 'MethodNotAllowed',
    message: 'the server does not allow this method on the requested resource',
  });
});

test('every broken rule of a Deployment is told at once', async () => {
  const spec = {
    replicas: -1,
    template: { spec: { containers: [{ name: 'A_b', image: 'i' }, { name: 'c' }] } },
  };
  const { code, body } = await send('POST', deployments, 'application/json', {
    metadata: { name: 'x' },
    spec,
  });
  expect(code).toBe(422);
  const causes = at(body, 'details', 'causes') as { field: string; reason: string }[];
  expect(causes.map(({ field, reason }) => `${field} ${reason}`)).toEqual([
    'spec.replicas FieldValueInvalid',
    'spec.selector FieldValueRequired',
    'spec.template.metadata.labels FieldValueInvalid',
    'spec.template.spec.containers[0].name FieldValueInvalid',
    'spec.template.spec.containers[1].image FieldValueRequired',
  ]);
});
