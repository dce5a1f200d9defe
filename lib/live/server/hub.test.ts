import { expect, onTestFinished, test, vi } from 'vitest';
import { json, serve } from '@/lib/kube/testing';
import { listen } from './hub';

const isWatch = (url = '') => url.includes('watch=1');

test('listeners are let go when the token that the watches began with is not accepted any more', async () => {
  let expired = false;
  const ends: (() => void)[] = [];
  const { kube } = await serve((request, response) => {
    if (expired) json(response, 401, { kind: 'Status', code: 401, reason: 'Unauthorized', message: 'no' });
    else if (isWatch(request.url)) {
      response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
      ends.push(() => response.end());
    } else json(response, 200, { metadata: { resourceVersion: '5' }, items: [] });
  });
  const told: string[] = [];
  onTestFinished(
    listen(
      kube,
      undefined,
      ({ type }) => told.push(type),
      () => told.push('end'),
    ),
  );
  const until = (fulfilled: () => void) => vi.waitFor(fulfilled, { timeout: 30_000, interval: 20 });
  await until(() => expect(told).toEqual(['gap']));
  await until(() => expect(ends.length).toBeGreaterThan(0));
  expired = true;
  for (const end of ends) end();
  await until(() => expect(told).toEqual(['gap', 'end']));
});

test('a token that was never accepted ends nothing: there would be no better one', async () => {
  const { kube, asked } = await serve((_, response) =>
    json(response, 401, { kind: 'Status', code: 401, reason: 'Unauthorized', message: 'no' }),
  );
  const told: string[] = [];
  onTestFinished(
    listen(
      kube,
      undefined,
      ({ type }) => told.push(type),
      () => told.push('end'),
    ),
  );
  await vi.waitFor(() => expect(told).toEqual(['gap']), { timeout: 30_000, interval: 20 });
  expect(asked.length).toBeGreaterThan(0);
});
