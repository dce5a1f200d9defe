import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ClusterRuntime } from '../cluster-runtime.ts';
import { differences } from './compare.ts';
import { hasRecordings, missingRecordings, recording } from './recordings.ts';
import { recordedSituation, replay } from './situation.ts';

const stop = new AbortController();
let cluster: ClusterRuntime;

/** Requests that a real server refused, and small questions about oneself. */
const files = [
  'err-400-fieldsel.json',
  'err-400-json.json',
  'err-400-kind.json',
  'err-400-rv.json',
  'err-400-selector.json',
  'err-400-strict.json',
  'err-401-badtoken.json',
  'err-403-editor-patch-ip.json',
  'err-403-nobody-get.json',
  'err-403-nobody-list-cluster.json',
  'err-403-nobody-list.json',
  'err-404-delete.json',
  'err-404-group.json',
  'err-404-ns-create.json',
  'err-404-ns-list.json',
  'err-404-resource.json',
  'err-406.json',
  'err-409-conflict.json',
  'err-409-exists.json',
  'err-409-ssa-conflict.json',
  'err-409-ssa-dryrun.json',
  'err-415-b.json',
  'err-422-jsonpatch-test.json',
  'err-422-missing.json',
  'err-422-name.json',
  'err-422-nospec.json',
  'err-422-put-norv.json',
  'disc-apis-anonymous.json',
  'version-anonymous.json',
  'warn-unknown-field.json',
  'whoami.json',
  ...['admin', 'editor', 'nobody', 'viewer'].map((user) => `ssar-create-subscriptions-${user}.json`),
];

describe.skipIf(!hasRecordings)('an answer says what the real server said', () => {
  beforeAll(async () => {
    cluster = await recordedSituation(stop.signal);
  });

  test.each(files)('%s', async (file) => {
    const real = recording(file);
    const { response, body } = await replay(cluster, real);
    expect(differences(real, response, body)).toEqual([]);
  });
});

test.skipIf(hasRecordings)(missingRecordings, () => undefined);

afterAll(() => stop.abort());
