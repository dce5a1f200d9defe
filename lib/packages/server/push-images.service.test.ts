import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { request } from 'undici';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { PushEvent } from '../contract';
import { makeArchive, packageEntries, testImage } from '../testing/make-archive';
import { type UnreliableRegistry, unreliableRegistry } from '../testing/unreliable-registry';
import { type InspectedPackage, inspectPackage } from './inspect-package';
import { pushImages } from './push-images';
import { openStore } from './registry/open-store';

const megabyte = 1_000_000;
const run = promisify(execFile);
let folder: string;
let registry: UnreliableRegistry | undefined;
let source: InspectedPackage;
let first: ReturnType<typeof testImage>;
let second: ReturnType<typeof testImage>;
let count = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'push-'));
  registry = await unreliableRegistry(folder);
});
afterAll(async () => {
  await registry?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Every test has a package of its own, in repositories of its own. */
beforeEach(async ({ skip }) => {
  if (!registry) skip('docker-registry is not installed');
  count += 1;
  const shared = randomBytes(2 * megabyte);
  const bundle = testImage(`harbor.demo.io/t${count}/x-bundle:v1`, shared);
  first = testImage(`harbor.demo.io/t${count}/first:v1`, randomBytes(30 * megabyte));
  second = testImage(`harbor.demo.io/t${count}/second:v1`, shared);
  const file = join(folder, `${count}.tgz`);
  await writeFile(file, await makeArchive(packageEntries([bundle, first, second])));
  source = await inspectPackage(file);
  registry?.sent();
});

async function push(options: { signal?: AbortSignal; onEvent?: (event: PushEvent) => void } = {}) {
  const address = registry?.address ?? '';
  const events: PushEvent[] = [];
  const onEvent = (event: PushEvent) => {
    events.push(event);
    options.onEvent?.(event);
  };
  const onRetry = (retry: { reason: string; attempt: number; seconds: number }) =>
    onEvent({ type: 'retry', ...retry });
  const store = openStore({ address, plain: true }, { onRetry }, options.signal);
  try {
    await pushImages(source, store, { address, onEvent, signal: options.signal });
  } finally {
    await store.close();
  }
  return events;
}

/** The digest that the registry has for an image of this test. */
async function stored(name: string): Promise<unknown> {
  const { headers, statusCode, body } = await request(
    `http://${registry?.address}/v2/t${count}/${name}/manifests/v1`,
    { method: 'HEAD', headers: { accept: 'application/vnd.oci.image.manifest.v1+json' } },
  );
  await body.dump();
  return statusCode === 200 ? headers['docker-content-digest'] : undefined;
}

const states = (events: readonly PushEvent[], digest: string) =>
  events.flatMap((event) => (event.type === 'blob' && event.digest === digest ? [event.state] : []));

test('a layer of two images is sent once and shared; a second push sends nothing', async () => {
  const events = await push();
  expect(states(events, second.layer)).toEqual(['sending', 'sending', 'sent', 'mounted']);
  expect(await stored('first')).toBe(first.root.digest);
  expect(registry?.sent()).toBeLessThan(32.5 * megabyte);

  const again = await push();
  expect(again.map((event) => (event.type === 'image' ? event.state : event.type))).toEqual(
    Array(3).fill('present'),
  );
  expect(registry?.sent()).toBeLessThan(20_000);
});

test('a line that is cut in the middle of a layer: it goes on from there', async () => {
  let cuts = 0;
  const events = await push({
    onEvent: (event) => {
      if (event.type !== 'blob' || event.digest !== first.layer || event.state !== 'sending' || cuts > 1)
        return;
      cuts += 1;
      registry?.cutAfter(5 * megabyte);
    },
  });
  expect(cuts).toBe(2);
  expect(events.some(({ type }) => type === 'retry')).toBe(true);
  expect(await stored('first')).toBe(first.root.digest);
  // At most the chunks that were under way are sent twice.
  expect(registry?.sent()).toBeLessThan(52 * megabyte);
});

test('a registry that dies is told by its name, and the same push finishes when it is back', async () => {
  const dying = push({
    onEvent: (event) => {
      if (event.type === 'blob' && event.digest === first.layer && event.sent > 0) registry?.setDead(true);
    },
  });
  await expect(dying).rejects.toMatchObject({
    code: 'RegistryUnreachable',
    message: expect.stringContaining(`Registry ${registry?.address} did not answer`),
  });
  registry?.setDead(false);
  expect(await stored('first')).toBeUndefined();
  const events = await push();
  expect(states(events, second.layer)).not.toContain('sent');
  expect(await stored('first')).toBe(first.root.digest);
});

test('an interrupted push has named no image that is not whole', async () => {
  const stop = new AbortController();
  const interrupted = push({
    signal: stop.signal,
    onEvent: (event) => {
      if (event.type === 'blob' && event.digest === first.layer && event.sent > 0) stop.abort();
    },
  });
  await expect(interrupted).rejects.toThrow();
  expect(await stored('x-bundle')).toBeUndefined();
  await push();
  expect([await stored('x-bundle'), await stored('first')]).toEqual([
    source.images[0]?.image.digest,
    first.root.digest,
  ]);
});

test('a registry without space says so', async ({ skip }) => {
  const disk = await mkdtemp(join(folder, 'disk-'));
  const mounted = await run('mount', ['-t', 'tmpfs', '-o', 'size=10m', 'tmpfs', disk]).catch(() => undefined);
  if (!mounted) skip('no small disk can be mounted here');
  const small = await unreliableRegistry(disk);
  try {
    const store = openStore({ address: small?.address ?? '', plain: true }, {});
    const pushed = pushImages(source, store, { address: 'small', onEvent: () => undefined });
    await expect(pushed).rejects.toThrow(/no space left/i);
    await store.close();
  } finally {
    await small?.stop();
    await run('umount', [disk]);
  }
});
