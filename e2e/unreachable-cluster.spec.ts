import { expect, test } from './support/test';

test.use({ stackOptions: { state: 'fresh', kubeconfig: { deadCluster: 'lost' } } });

test('an unreachable cluster is told with its name and the reason, while the others work', async ({
  page,
  stack,
}) => {
  const signInTo = (cluster: string) =>
    page.request.post('/api/auth/token', {
      data: { token: 'admin-token', cluster },
      headers: { origin: stack.url },
    });
  const refused = await signInTo('lost');
  expect(refused.status()).toBe(502);
  expect((await refused.json()).detail).toMatch(/"lost" could not be asked.*connection refused/);

  for (const cluster of ['global', 'business', 'edge']) expect((await signInTo(cluster)).status()).toBe(200);
  const { items } = await (await page.request.get('/api/clusters')).json();
  const health = Object.fromEntries(
    items.map((item: { name: string; health: string }) => [item.name, item.health]),
  );
  expect(health).toEqual({ global: 'Healthy', business: 'Healthy', edge: 'Healthy', lost: 'SignInNeeded' });

  await page.goto('/clusters');
  await expect(page.getByRole('row', { name: /lost/ })).toBeVisible();
  await page.goto('/clusters/business/operatorhub');
  await expect(page.getByRole('link', { name: 'Alauda Build of Harbor', exact: true })).toBeVisible();
});

test("the kubeconfig's own credentials serve on loopback, and a cluster that is gone says so", async ({
  page,
  stack,
}) => {
  const answer = await page.request.post('/api/auth/kubeconfig', {
    data: { cluster: 'business' },
    headers: { origin: stack.url },
  });
  expect(answer.status()).toBe(200);
  expect(await answer.json()).toMatchObject({ user: { name: 'admin' } });
  expect((await page.request.get('/api/clusters/business/operators')).status()).toBe(200);
  expect((await page.request.get('/api/clusters/edge/operators')).status()).toBe(401);
});
