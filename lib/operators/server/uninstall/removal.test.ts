import { expect, test } from 'vitest';
import type { Context } from '@/lib/kube/context';
import { json, type MisbehavingServer, serve } from '@/lib/kube/testing';
import { removeInOrder } from './removal';

const object = {
  kind: 'ConfigMap',
  ref: { group: '', version: 'v1', resource: 'configmaps' },
  name: 'a',
  namespace: 'demo',
  uid: 'uid-a',
};

const contextOf = ({ kube }: MisbehavingServer): Context => ({
  kube,
  cluster: { name: 'edge', global: true },
  user: { name: 'admin', groups: [] },
  signal: AbortSignal.timeout(60_000),
});

const status = (code: number, reason: string, message: string) => ({ kind: 'Status', code, reason, message });

test('a webhook that allows no trial does not keep an object from being deleted', async () => {
  let deleted = false;
  const server = await serve((request, response) => {
    if (request.url?.includes('dryRun'))
      json(
        response,
        400,
        status(400, 'BadRequest', 'admission webhook "a.example.com" does not support dry run'),
      );
    else if (request.method === 'DELETE') {
      deleted = true;
      json(response, 200, { kind: 'Status', status: 'Success' });
    } else json(response, 404, status(404, 'NotFound', 'configmaps "a" not found'));
  });
  await expect(removeInOrder(contextOf(server), [object])).resolves.toMatchObject([{ outcome: 'deleted' }]);
  expect(deleted).toBe(true);
});

test.each([
  ['another object has its name by now', 'uid-b', 'gone'],
  ['it is the same object still, and something else is in conflict', 'uid-a', undefined],
])('after a 409, %s', async (_, uid, outcome) => {
  const server = await serve((request, response) => {
    if (request.url?.includes('dryRun')) json(response, 200, { kind: 'Status', status: 'Success' });
    else if (request.method === 'DELETE')
      json(response, 409, status(409, 'Conflict', 'Operation cannot be fulfilled'));
    else json(response, 200, { kind: 'ConfigMap', metadata: { name: 'a', uid } });
  });
  const removal = removeInOrder(contextOf(server), [object]);
  if (outcome) await expect(removal).resolves.toMatchObject([{ outcome }]);
  else await expect(removal).rejects.toMatchObject({ detail: expect.stringMatching(/cannot be fulfilled/) });
});
