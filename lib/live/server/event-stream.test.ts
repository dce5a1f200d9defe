import { expect, test } from 'vitest';
import { json, serve } from '@/lib/kube/testing';
import { eventStream } from './event-stream';
import { untilServerEnds } from './open-streams';

test('a stream ends at once whose reader left before it began', async () => {
  const { kube } = await serve((_, response) => json(response, 403, { kind: 'Status', message: 'no' }));
  const response = eventStream({ kube }, undefined, AbortSignal.abort());
  expect(await response.text()).toBe('retry: 2000\n\n');
  expect(response.headers.get('cache-control')).toMatch(/private, no-store/);
});

test('nothing waits for the end of the server in the name of a reader who has left', () => {
  const gone = AbortSignal.abort();
  expect(untilServerEnds(gone)).toBe(gone);
});
