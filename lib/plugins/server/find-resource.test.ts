import { expect, test } from 'vitest';
import { json, serve } from '@/lib/kube/testing';
import { findResource } from './find-resource';

const served = { resources: [{ name: 'widgets', kind: 'Widget', namespaced: true, verbs: ['list'] }] };

test('a kind is found in the group and version that a plugin names', async () => {
  const { kube } = await serve((request, response) =>
    json(response, request.url === '/apis/example.com/v1' ? 200 : 404, served),
  );
  const ref = { group: 'example.com', version: 'v1', resource: 'widgets' };
  expect(await findResource(kube, 'Widget', ref)).toEqual({ ref, kind: 'Widget', namespaced: true });
  expect(await findResource(kube, 'Widget', { ...ref, version: 'v2' })).toBeUndefined();
});

test.each([
  { group: 'x/../../api', version: 'v1' },
  { group: '..', version: 'v1' },
  { group: '', version: '..' },
  { group: 'example.com', version: '%2e%2e' },
  { group: 'example.com', version: 'v1?watch=1' },
])('a plugin that writes %j leads nowhere', async (within) => {
  const { kube, requests } = await serve((_, response) => json(response, 200, served));
  expect(await findResource(kube, 'Widget', within)).toBeUndefined();
  expect(requests()).toBe(0);
});
