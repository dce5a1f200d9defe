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

  test('disc-apis-nobody.json: everyone who is signed in may discover', async () => {
    expect((await replay(cluster, recording('disc-apis-nobody.json'))).response.status).toBe(200);
  });
});

afterAll(() => stop.abort());
