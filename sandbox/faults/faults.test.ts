import { request } from 'node:https';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ServedCluster, serveCluster } from '../testing/served-cluster.ts';
import { matches } from './faults.ts';

let served: ServedCluster;
const namespaces = '/kubernetes/global/api/v1/namespaces';

beforeAll(async () => {
  served = await serveCluster();
});
afterAll(() => served.close());
beforeEach(() => send('POST', '/sandbox/faults', { reset: true }));

interface Answer {
  status: number;
  text: string;
}

function send(method: string, path: string, body?: unknown): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: 'Bearer admin', 'content-type': 'application/json' };
    const sent = request(served.url + path, { method, headers, ca: served.ca, agent: false }, (answer) => {
      let text = '';
      answer.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
      answer.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

describe('a fault', () => {
  test('answers any Status for a path, as often as asked', async () => {
    const fault = { path: '*/namespaces', status: { code: 503, reason: 'ServiceUnavailable' }, times: 1 };
    expect((await send('POST', '/sandbox/faults', { faults: [fault] })).status).toBe(200);
    const first = await send('GET', namespaces);
    expect([first.status, JSON.parse(first.text)]).toMatchObject([
      503,
      { kind: 'Status', reason: 'ServiceUnavailable' },
    ]);
    expect((await send('GET', namespaces)).status).toBe(200);
  });

  test('drops a connection without an answer', async () => {
    await send('POST', '/sandbox/faults', { faults: [{ path: namespaces, drop: true }] });
    await expect(send('GET', namespaces)).rejects.toThrow();
  });

  test('delays an answer', async () => {
    await send('POST', '/sandbox/faults', { faults: [{ path: namespaces, delayMs: 150 }] });
    const start = Date.now();
    await send('GET', namespaces);
    expect(Date.now() - start).toBeGreaterThanOrEqual(140);
  });

  test('cuts running watches', async () => {
    const watching = send('GET', `${namespaces}?watch=true`);
    const cut = expect(watching).rejects.toThrow();
    for (let ended = false; !ended; ) {
      await send('POST', '/sandbox/faults', { cutWatches: '*/namespaces' });
      ended = await Promise.race([
        cut.then(() => true),
        new Promise<false>((resolve) => setTimeout(() => resolve(false), 50)),
      ]);
    }
  });

  test('is refused when it is no fault', async () => {
    expect((await send('POST', '/sandbox/faults', { faults: [{ path: '/x', explode: true }] })).status).toBe(
      400,
    );
  });
});

test.each([
  ['/a/*', '/a/b/c', true],
  ['*/b/*', '/a/b/c', true],
  ['/a', '/a/b', false],
  ['/a*a', '/a', false],
  ['*', '/anything', true],
])('the pattern %s and the path %s: %s', (pattern, path, expected) => {
  expect(matches(pattern, path)).toBe(expected);
});
