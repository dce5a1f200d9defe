import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { arrayAt, at, stringAt } from '../apiserver/json.ts';
import type { ClusterRuntime } from '../cluster-runtime.ts';
import { ordered } from './compare.ts';
import { hasRecordings, recording } from './recordings.ts';
import { recordedSituation, replay } from './situation.ts';

const stop = new AbortController();
let cluster: ClusterRuntime;

describe.skipIf(!hasRecordings)('an answer has the form of the recorded one', () => {
  beforeAll(async () => {
    cluster = await recordedSituation(stop.signal);
  });

  test.each([
    'table-catalogsources.json',
    'table-deployments.json',
    'table-events.json',
    'table-installplans.json',
    'table-namespaces.json',
    'table-subscriptions-one.json',
    'table-subscriptions.json',
    'packagemanifests-table.json',
  ])('%s: names, types and priorities of the columns', async (file) => {
    const real = recording(file);
    const { response, body } = await replay(cluster, real);
    expect(response.status).toBe(200);
    const columns = (table: unknown) =>
      arrayAt(table, 'columnDefinitions').map((column) => ({
        name: at(column, 'name'),
        type: at(column, 'type'),
        format: at(column, 'format'),
        priority: at(column, 'priority'),
      }));
    expect(columns(body)).toEqual(columns(real.body));
    const [row] = arrayAt(body, 'rows');
    if (row) expect(at(row, 'object', 'kind')).toBe('PartialObjectMetadata');
  });

  const reviews = [
    'create-subscriptions',
    'delete-clusterserviceversions',
    'patch-installplans',
    'update-installplans',
  ];
  const users = ['admin', 'editor', 'nobody', 'viewer'];
  const files = reviews.flatMap((review) => users.map((user) => `ssar-${review}-${user}.json`));

  test.each(files)('%s: allowed or not, and by what', async (file) => {
    let real: ReturnType<typeof recording>;
    try {
      real = recording(file);
    } catch {
      return;
    }
    const { response, body } = await replay(cluster, real);
    expect(response.status).toBe(real.status);
    expect(ordered(at(body, 'status'))).toEqual(ordered(at(real.body, 'status')));
  });

  test.each(users)('ssrr-operators-%s.json: the same rules, whatever their order', async (user) => {
    const real = recording(`ssrr-operators-${user}.json`);
    const { body } = await replay(cluster, real);
    // The recorded server had operators installed, whose own APIs stand among the rules, and a packageserver CSV.
    const installed = /kiali|cockroach|charts\.operatorhub|packagemanifests"\]\}/;
    const rules = (review: unknown, kind: string) =>
      arrayAt(review, 'status', kind)
        .map((rule) => JSON.stringify(ordered(rule)))
        .filter(
          (rule) => !installed.test(JSON.stringify({ rule })) && !/"packagemanifests"\],"verbs"/.test(rule),
        )
        .sort();
    expect(rules(body, 'resourceRules')).toEqual(rules(real.body, 'resourceRules'));
    expect(rules(body, 'nonResourceRules')).toEqual(rules(real.body, 'nonResourceRules'));
  });

  test('err-504-future-rv.json: a resource version from the future', async () => {
    const { response, body } = await replay(cluster, recording('err-504-future-rv.json'));
    expect(response.status).toBe(504);
    expect(response.headers.get('retry-after')).toBe('1');
    expect(stringAt(body, 'message')).toMatch(
      /^Timeout: Too large resource version: 99999999, current: \d+$/,
    );
    expect(at(body, 'details')).toEqual(at(recording('err-504-future-rv.json').body, 'details'));
  });

  test.each(['err-410-watch-old.json', 'err-410-watch-old-ns.json'])(
    '%s: one ERROR event after compaction',
    async (file) => {
      cluster.server.compact();
      const real = recording(file);
      const { response, body } = await replay(cluster, real);
      expect(response.status).toBe(real.status);
      const known = (event: unknown) => JSON.stringify(ordered(event)).replaceAll(/\(\d+\)/g, '(revision)');
      expect(known(body)).toBe(known(real.body));
    },
  );

  test('list-csv-partialmeta.json and list-chunk-1.json: kind and metadata of the lists', async () => {
    const partial = await replay(cluster, recording('list-csv-partialmeta.json'));
    expect(partial.body).toMatchObject({
      kind: 'PartialObjectMetadataList',
      apiVersion: 'meta.k8s.io/v1',
    });
    const chunk = await replay(cluster, recording('list-chunk-1.json'));
    expect(chunk.body).toMatchObject({ kind: 'ClusterServiceVersionList', metadata: { continue: '' } });
  });

  test.each(['watch-timeout.json', 'watch-sendInitialEvents.json', 'watch-table.json'])(
    '%s: types of events',
    async (file) => {
      const real = recording(file);
      const { response, body } = await replay(cluster, real);
      expect(response.headers.get('content-type')).toBe('application/json');
      expect(events(body)).toEqual(events(real.body));
    },
  );
});

/** Type, kind and what else clients look at in each event of a stream, however it was read. */
function events(body: unknown) {
  const list =
    typeof body === 'string'
      ? body
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as unknown)
      : [body];
  return list.map((event) => [
    stringAt(event, 'type'),
    stringAt(event, 'object', 'kind'),
    at(event, 'object', 'metadata', 'annotations'),
  ]);
}

afterAll(() => stop.abort());
