import { describe, expect, test } from 'vitest';
import type { PushEvent } from '@/lib/packages/contract';
import { applyPushEvent, isGzip, isPushable, kindOf, noProgress, type UploadItem } from './upload-item';

describe('a chosen file', () => {
  test.each([
    ['redis-operator.v1.tgz', 10, 'package'],
    ['redis-operator.v1.tar.gz', 10, 'package'],
    ['redis-operator.v1.tgz.sha256', 10, 'sidecar'],
    ['redis-operator.v1.tgz.sig', 10, 'sidecar'],
    ['redis-operator.v1.tgz.sig', 1_000_000, 'sidecarTooLarge'],
    ['notes.txt', 10, 'wrongKind'],
    ['.hidden.tgz', 10, 'wrongKind'],
    ['a.tgz', 0, 'empty'],
    ['a.tgz', 21 * 1024 ** 3, 'tooLarge'],
  ])('%s of %i bytes is %s', (name, size, kind) => {
    expect(kindOf({ name, size })).toBe(kind);
  });

  test('is looked into, whatever its name says', async () => {
    expect(await isGzip(new Blob([new Uint8Array([0x1f, 0x8b, 8])]))).toBe(true);
    expect(await isGzip(new Blob(['plain']))).toBe(false);
  });
});

const summary = {
  packageType: 'OperatorBundle',
  name: 'x',
  displayName: 'X',
  type: 'bundle',
  platforms: [],
  version: '1',
  channels: [],
  relatedImages: [],
  size: 1,
} as const;

test.each([
  ['none', false, false],
  ['none', true, true],
  ['checksum', false, true],
  ['gpg', false, true],
] as const)(
  'a package verified with %s, accepted %s, may be pushed: %s',
  (outcome, acceptUnverified, may) => {
    const item: UploadItem = {
      key: 'k',
      fileName: 'x.tgz',
      size: 1,
      acceptUnverified,
      stage: {
        name: 'ready',
        id: 'i',
        summary: { ...summary, platforms: [], channels: [], relatedImages: [] },
        verification: { file: 'x.tgz', outcome },
      },
    };
    expect(isPushable(item)).toBe(may);
  },
);

test('events of a push add up to the progress of its images', () => {
  const blob = (digest: string, sent: number, state: 'sending' | 'sent' | 'present'): PushEvent => ({
    type: 'blob',
    image: 'r/x:1',
    digest,
    size: 100,
    sent,
    state,
  });
  const events: PushEvent[] = [
    blob('a', 40, 'sending'),
    { type: 'retry', reason: 'the registry does not answer', attempt: 1, seconds: 1 },
    blob('b', 0, 'present'),
    blob('a', 90, 'sending'),
  ];
  const half = events.reduce(applyPushEvent, noProgress);
  expect(half.images).toMatchObject([{ image: 'r/x:1', size: 200, sent: 190, state: 'sending' }]);
  expect(half.retry).toBeUndefined();
  const done = applyPushEvent(half, { type: 'image', image: 'r/x:1', digest: 'd', state: 'pushed' });
  expect(done.images[0]?.state).toBe('pushed');
});
