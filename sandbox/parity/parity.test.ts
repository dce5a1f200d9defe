import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { disagreements } from './disagreements.ts';
import { hasRecordings, missingRecordings, recordingFiles } from './recordings.ts';
import { checkOf } from './special.ts';
import { recordedWorld, type World } from './world.ts';

const files = recordingFiles();
/** What forgets the history comes last: nothing after it could be read from it. */
const last = (file: string) => file.startsWith('err-410-');

describe.skipIf(!hasRecordings)('the sandbox answers what a real server with real OLM answered', () => {
  let world: World;
  const agreeing = new Set<string>();

  beforeAll(async () => {
    world = await recordedWorld();
  }, 180_000);
  afterAll(async () => {
    await world.stop();
    console.log(`parity: ${agreeing.size} of ${files.length} recordings agree`);
  });

  test.each([...files.filter((file) => !last(file)), ...files.filter(last)])(
    '%s',
    async (file) => {
      const found = await checkOf(file)(world, file);
      const known = disagreements[file] ?? [];
      if (found.length === 0) agreeing.add(file);
      expect(
        found.filter((line) => !known.some((pattern) => pattern.test(line))),
        'differences that are new',
      ).toEqual([]);
      expect(
        known.filter((pattern) => !found.some((line) => pattern.test(line))).map(String),
        'differences that are mended',
      ).toEqual([]);
    },
    60_000,
  );
});

test('the documentation gives a reason for every recording that does not agree', () => {
  const documentation = readFileSync(new URL('../../docs/sandbox.md', import.meta.url), 'utf8');
  const section = documentation.split('## Where it disagrees with the recordings')[1] ?? '';
  const named = [...section.matchAll(/`([\w-]+\.jsonl?)`/g)].map(([, file]) => file);
  expect([...new Set(named)].sort()).toEqual(Object.keys(disagreements).sort());
});

test.skipIf(hasRecordings)(missingRecordings, () => undefined);
