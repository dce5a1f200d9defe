import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { arrayAt, at, stringAt } from '../apiserver/json.ts';
import type { ClusterRuntime } from '../cluster-runtime.ts';
import { ordered } from './compare.ts';
import { hasRecordings, recording } from './recordings.ts';
import { recordedSituation, replay } from './situation.ts';

const stop = new AbortController();
let cluster: ClusterRuntime;

/** Lists of discovery by the name of each entry, so that one difference is shown as one. */
function byName(list: unknown[], name: string): Record<string, unknown> {
  return Object.fromEntries(list.map((entry) => [stringAt(entry, name) ?? '', ordered(entry)]));
}

describe.skipIf(!hasRecordings)('discovery lists what the real server lists', () => {
  beforeAll(async () => {
    cluster = await recordedSituation(stop.signal);
  });

  test.each(['disc-api-v1.json', 'disc-apis-operators-v1alpha1.json', 'disc-apis-packages-v1.json'])(
    '%s',
    async (file) => {
      const real = recording(file);
      const { response, body } = await replay(cluster, real);
      expect(response.status).toBe(200);
      expect(byName(arrayAt(body, 'resources'), 'name')).toEqual(
        byName(arrayAt(real.body, 'resources'), 'name'),
      );
    },
  );

  test('disc-apis-operators.json', async () => {
    const real = recording('disc-apis-operators.json');
    expect((await replay(cluster, real)).body).toEqual(real.body);
  });

  test('disc-apis.json: the same built-in groups in the same order', async () => {
    const real = recording('disc-apis.json');
    const names = (body: unknown) => arrayAt(body, 'groups').map((group) => stringAt(group, 'name'));
    const installed = ['charts.operatorhub.io', 'kiali.io', 'monitoring.kiali.io'];
    const { body } = await replay(cluster, real);
    expect(names(body)).toEqual(names(real.body).filter((name) => !installed.includes(name ?? '')));
  });

  test('disc-apis-aggregated.json: the same resources of built-in groups', async () => {
    const real = recording('disc-apis-aggregated.json');
    const { body, response } = await replay(cluster, real);
    expect(response.headers.get('content-type')).toBe(real.headers['Content-Type']);
    const resources = (answer: unknown) =>
      Object.fromEntries(
        arrayAt(answer, 'items').flatMap((group) =>
          arrayAt(group, 'versions').flatMap((version) =>
            arrayAt(version, 'resources').map((resource) => [
              `${at(group, 'metadata', 'name')}/${at(version, 'version')}/${at(resource, 'resource')}`,
              ordered(resource),
            ]),
          ),
        ),
      );
    const got = resources(body);
    const wanted = Object.entries(resources(real.body)).filter(([name]) => !/kiali|charts\./.test(name));
    expect(Object.fromEntries(wanted.map(([name]) => [name, got[name]]))).toEqual(Object.fromEntries(wanted));
  });

  /** Of operators that were installed on the recorded server. */
  const ofOperators = /kiali|charts\.operatorhub/;

  test('disc-openapi-v3-index.json: a document for every group version', async () => {
    const real = recording('disc-openapi-v3-index.json');
    const { body } = await replay(cluster, real);
    const names = (index: unknown) => Object.keys(at(index, 'paths') as object);
    // Token issuing is not served, and an aggregated group has one document here: that of its version.
    const absent = [
      '.well-known/openid-configuration',
      'openid/v1/jwks',
      'apis/packages.operators.coreos.com',
    ];
    const missing = names(real.body).filter((name) => !names(body).includes(name));
    expect(missing.filter((name) => !ofOperators.test(name)).sort()).toEqual(absent.sort());
  });

  test('disc-openapi-v3-operators-v1alpha1.json: the same paths and kinds', async () => {
    const real = recording('disc-openapi-v3-operators-v1alpha1.json');
    const { body } = await replay(cluster, real);
    const keys = (document: unknown, ...path: string[]) =>
      Object.keys(at(document, ...path) as object).sort();
    expect(keys(body, 'paths')).toEqual(keys(real.body, 'paths'));
    const kinds = keys(real.body, 'components', 'schemas').filter((name) => name.startsWith('com.coreos'));
    expect(keys(body, 'components', 'schemas')).toEqual(expect.arrayContaining(kinds));
  });

  test('disc-apiservices.json: the same APIServices', async () => {
    const real = recording('disc-apiservices.json');
    const { body } = await replay(cluster, real);
    const names = (list: unknown) =>
      arrayAt(list, 'items').map((item) => stringAt(item, 'metadata', 'name') ?? '');
    expect(names(body).sort()).toEqual(
      names(real.body)
        .filter((name) => !ofOperators.test(name))
        .sort(),
    );
  });

  test('disc-apis-nobody.json: everyone who is signed in may discover', async () => {
    expect((await replay(cluster, recording('disc-apis-nobody.json'))).response.status).toBe(200);
  });
});

afterAll(() => stop.abort());
