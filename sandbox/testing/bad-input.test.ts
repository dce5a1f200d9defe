import { request } from 'node:https';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Status } from '../client/types.ts';
import { type ServedCluster, serveCluster } from './served-cluster.ts';

const configMaps = '/api/v1/namespaces/default/configmaps';
const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
let served: ServedCluster;

beforeAll(async () => {
  served = await serveCluster();
});
afterAll(() => served.close());

interface Answer {
  code: number;
  body: Partial<Status> & Record<string, unknown>;
}

/** One request as a client sends it; a body in pieces has no length that the server could know before. */
function send(
  method: string,
  path: string,
  { body = '', type = 'application/json', inPieces = false } = {},
): Promise<Answer> {
  const headers = {
    authorization: 'Bearer admin',
    ...(body ? { 'content-type': type } : {}),
    ...(body && !inPieces ? { 'content-length': String(Buffer.byteLength(body)) } : {}),
  };
  return new Promise((resolve, reject) => {
    const url = `${served.url}/kubernetes/global${path}`;
    const sent = request(url, { method, headers, ca: served.ca }, async (answer) => {
      let text = '';
      for await (const chunk of answer.setEncoding('utf8')) text += chunk;
      resolve({ code: answer.statusCode ?? 0, body: JSON.parse(text) as Answer['body'] });
    });
    // A server that has said no may close before it has read everything.
    sent.on('error', (error: NodeJS.ErrnoException) => error.code !== 'EPIPE' && reject(error));
    for (let start = 0; start < body.length; start += 65_536) sent.write(body.slice(start, start + 65_536));
    sent.end();
  });
}

async function expectAlive(): Promise<void> {
  const name = `alive-${Math.random().toString(36).slice(2)}`;
  const made = await send('POST', configMaps, { body: JSON.stringify({ metadata: { name } }) });
  expect(made.code).toBe(201);
}

const nested = (depth: number) =>
  `{"metadata":{"name":"deep"},"data":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`;
const large = JSON.stringify({ metadata: { name: 'large' }, data: { x: 'y'.repeat(3 * 1024 * 1024) } });

describe('a body', () => {
  test.each<[string, string, Parameters<typeof send>[2], number, string, RegExp]>([
    [
      'that is not JSON',
      configMaps,
      { body: '{"apiVersion":' },
      400,
      'BadRequest',
      /^the object provided is unrecognized \(must be of type ConfigMap\): couldn't get version\/kind; json parse error: unexpected end of JSON input/,
    ],
    ['that is a list', configMaps, { body: '[]' }, 400, 'BadRequest', /cannot unmarshal array into Go value/],
    ['that is null', configMaps, { body: 'null' }, 400, 'BadRequest', /must be of type ConfigMap/],
    [
      'of the wrong kind',
      configMaps,
      { body: '{"apiVersion":"v1","kind":"Secret","metadata":{"name":"a"}}' },
      400,
      'BadRequest',
      /^Secret in version "v1" cannot be handled as a ConfigMap/,
    ],
    [
      'of the wrong version',
      configMaps,
      { body: '{"apiVersion":"v2","kind":"ConfigMap","metadata":{"name":"a"}}' },
      400,
      'BadRequest',
      /^the API version in the data \(v2\) does not match the expected API version \(v1\)$/,
    ],
    [
      'with a field of the wrong type',
      configMaps,
      { body: '{"metadata":{"name":"a"},"data":[]}' },
      400,
      'BadRequest',
      /^ConfigMap in version "v1" cannot be handled as a ConfigMap: json: cannot unmarshal array/,
    ],
    [
      'over 3 MiB that says so',
      configMaps,
      { body: large },
      413,
      'RequestEntityTooLarge',
      /^Request entity too large: limit is 3145728$/,
    ],
    [
      'over 3 MiB that does not say so',
      configMaps,
      { body: large, inPieces: true },
      413,
      'RequestEntityTooLarge',
      /limit is 3145728$/,
    ],
    [
      'that nests deeply',
      configMaps,
      { body: nested(100_000) },
      400,
      'BadRequest',
      /couldn't get version\/kind; json parse error: exceeded max depth/,
    ],
    [
      'of another media type',
      configMaps,
      { body: 'a=b', type: 'application/x-www-form-urlencoded' },
      415,
      'UnsupportedMediaType',
      /^the body of the request was in an unknown format/,
    ],
    [
      'in YAML that multiplies itself',
      configMaps,
      {
        body: `a: &a [x,x,x,x,x,x,x,x]\n${'bcdefghi'.replace(/./g, (key) => `${key}: &${key} [${`*${String.fromCharCode(key.charCodeAt(0) - 1)},`.repeat(8)}]\n`)}`,
        type: 'application/yaml',
      },
      400,
      'BadRequest',
      /error parsing the body as YAML/,
    ],
    [
      'of a CRD without types',
      definitions,
      { body: JSON.stringify(definition({ properties: { spec: { properties: { size: {} } } } })) },
      422,
      'Invalid',
      /openAPIV3Schema\.properties\[spec\]\.type: Required value/,
    ],
    [
      'of a CRD with a pattern that is none',
      definitions,
      { body: JSON.stringify(definition({ properties: { spec: { type: 'string', pattern: '(' } } })) },
      422,
      'Invalid',
      /properties\[spec\]\.pattern: Invalid value: "\("/,
    ],
    [
      'of a CRD with a reference and an unknown type',
      definitions,
      { body: JSON.stringify(definition({ properties: { spec: { type: 'thing', $ref: '#/a' } } })) },
      422,
      'Invalid',
      /\$ref is not supported/,
    ],
  ])('%s is refused as Kubernetes refuses it, and the server goes on', async (...row) => {
    const [, path, options, code, reason, message] = row;
    const { body, ...answer } = await send('POST', path, options);
    expect(body).toMatchObject({ kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason });
    expect(answer.code).toBe(code);
    expect(body.message).toMatch(message);
    await expectAlive();
  });

  test('with __proto__ as a key changes no prototype, wherever it stands', async () => {
    const name = 'proto';
    const body = `{"__proto__":{"polluted":1},"metadata":{"name":"${name}","labels":{"__proto__":"x"},"__proto__":{"polluted":1}},"data":{"__proto__":"x","constructor":"y"}}`;
    expect((await send('POST', configMaps, { body })).code).toBe(201);
    const patches: [string, string][] = [
      ['application/merge-patch+json', '{"data":{"__proto__":{"polluted":"1"}},"__proto__":{"polluted":1}}'],
      ['application/strategic-merge-patch+json', '{"metadata":{"__proto__":{"polluted":"1"}}}'],
      ['application/json-patch+json', '[{"op":"add","path":"/__proto__/polluted","value":"1"}]'],
      ['application/json-patch+json', '[{"op":"add","path":"/data/constructor/prototype/x","value":"1"}]'],
      [
        'application/apply-patch+yaml',
        'apiVersion: v1\nkind: ConfigMap\n__proto__: {polluted: 1}\ndata: {__proto__: x}\n',
      ],
    ];
    for (const [type, text] of patches) {
      const query = type.includes('apply') ? '?fieldManager=tests&force=true' : '';
      const { code } = await send('PATCH', `${configMaps}/${name}${query}`, { body: text, type });
      expect([200, 400, 422]).toContain(code);
    }
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
    const { body: stored } = await send('GET', `${configMaps}/${name}`);
    expect(stored.data).toEqual({ constructor: 'y' });
    await expectAlive();
  });
});

describe('a query', () => {
  test.each([
    ['labelSelector=a%3D%3D%3Db', 400, /^unable to parse requirement: found '=', expected: identifier$/],
    ['labelSelector=a+in+%28b', 400, /unable to parse requirement/],
    ['labelSelector=%2C%2C', 400, /unable to parse requirement|found ','/],
    [
      'labelSelector=-a%3Db',
      400,
      /^unable to parse requirement: <nil>: Invalid value: "-a": name part must consist of/,
    ],
    ['fieldSelector=spec.name%3Dx', 400, /field label not supported: spec\.name/],
    ['fieldSelector=metadata.name', 400, /invalid selector/],
    ['resourceVersion=abc', 400, /invalid resource version|resourceVersion: Invalid value/],
    ['continue=nonsense&limit=1', 400, /continue key is not valid/],
    ['watch=true&resourceVersion=99999999', 504, /Too large resource version/],
  ])('%s is refused in words', async (query, code, message) => {
    const { body } = await send('GET', `${configMaps}?${query}`);
    expect(body).toMatchObject({ kind: 'Status', code });
    expect(body.message).toMatch(message);
    await expectAlive();
  });
});

/** A CRD whose objects have that schema. */
function definition(schema: Record<string, unknown>): unknown {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'things.example.com' },
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: { plural: 'things', kind: 'Thing' },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object', ...schema } },
        },
      ],
    },
  };
}
