import { expect, test } from 'vitest';
import { KubeClient } from './client';
import { isServed } from './discovery';
import { json, serve } from './testing';

const artifacts = { group: 'app.alauda.io', resource: 'artifacts' };
const group = {
  versions: [{ groupVersion: 'app.alauda.io/v1' }, { groupVersion: 'app.alauda.io/v1alpha1' }],
};

test('a resource is served in any version of its group, and asked for once by all who want to know', async () => {
  const { kube, requests } = await serve((request, response) => {
    if (request.url === '/apis/app.alauda.io') json(response, 200, group);
    else json(response, 200, { resources: request.url?.endsWith('alpha1') ? [{ name: 'artifacts' }] : [] });
  });
  const left = new KubeClient(kube.endpoint, kube.credentials, AbortSignal.abort(new Error('left')));
  expect(await Promise.all([isServed(left, artifacts), isServed(kube, artifacts)])).toEqual([true, true]);
  expect(requests()).toBe(3);
});

test('a cluster without the group serves it not; one that fails is asked again', async () => {
  const { kube } = await serve((_, response, count) =>
    json(response, count === 1 ? 500 : 404, { kind: 'Status', message: 'no' }),
  );
  await expect(isServed(kube, artifacts)).rejects.toMatchObject({ status: 500 });
  expect(await isServed(kube, artifacts)).toBe(false);
});
