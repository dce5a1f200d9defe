import type { APIRequestContext } from '@playwright/test';
import { expect, test } from './support/test';

/** What any client of the console's own routes may rely on. */

const operators = '/api/clusters/business/operators';
const install = `${operators}/cpaas-system/platform/harbor-ce-operator/install`;
const order = {
  channel: 'stable',
  version: '2.12.10',
  namespace: 'harbor-ce-operator',
  mode: 'AllNamespaces',
  approval: 'Manual',
};

async function signInOverHttp(request: APIRequestContext, url: string, token: string) {
  return request.post('/api/auth/token', { data: { token }, headers: { origin: url } });
}

test('a foreign Host gets 421 everywhere but at the probes', async ({ request }) => {
  const headers = { host: 'evil.example' };
  for (const path of ['/', '/login', '/api/clusters', '/api/auth/session']) {
    expect((await request.get(path, { headers, maxRedirects: 0 })).status(), path).toBe(421);
  }
  for (const path of ['/api/healthz', '/api/readyz', '/api/metrics']) {
    expect((await request.get(path, { headers })).status(), path).toBe(200);
  }
});

test('the three names of the machine itself are one origin', async ({ request, stack }) => {
  const { port } = new URL(stack.url);
  for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`]) {
    const answer = await request.post('/api/auth/token', {
      data: { token: 'admin-token' },
      headers: { host, origin: `http://${host}` },
    });
    expect(answer.status(), host).toBe(200);
  }
});

test('checks come in the order of the contract', async ({ request, stack }) => {
  const status = async (headers: Record<string, string>, data: string | object) =>
    (await request.post(install, { headers, data })).status();
  const json = { 'content-type': 'application/json' };
  expect(await status({ ...json, host: 'evil.example', origin: 'http://evil.example' }, '{')).toBe(421);
  expect(await status({ ...json, origin: 'http://evil.example' }, '{')).toBe(401);
  await signInOverHttp(request, stack.url, 'admin-token');
  expect(await status({ 'content-type': 'text/plain', origin: 'http://evil.example' }, '{')).toBe(403);
  expect(await status({ 'content-type': 'text/plain' }, '{')).toBe(403);
  expect(await status({ 'content-type': 'text/plain', origin: stack.url }, '{')).toBe(415);
  expect(await status({ ...json, origin: stack.url }, '{')).toBe(422);
  expect(await status({ ...json, origin: stack.url }, { ...order, namespace: 'Not_DNS' })).toBe(422);
});

test('a token that the cluster does not accept is told so', async ({ request, stack }) => {
  const answer = await signInOverHttp(request, stack.url, 'wrong-token');
  expect(answer.status()).toBe(401);
  expect(answer.headers()['content-type']).toBe('application/problem+json');
  const problem = await answer.json();
  expect(problem.code).toBe('unauthenticated');
  expect(problem.detail).toContain('not accepted by the cluster');
  expect(answer.headers()['set-cookie']).toBeUndefined();
});

test('the session is out of reach of scripts and holds no readable token', async ({ request, stack }) => {
  const answer = await signInOverHttp(request, stack.url, 'admin-token');
  const cookies = answer.headersArray().filter(({ name }) => name.toLowerCase() === 'set-cookie');
  expect(cookies.length).toBeGreaterThan(0);
  for (const { value } of cookies) {
    expect(value).toContain('HttpOnly');
    expect(value).toContain('SameSite=Lax');
    expect(value).not.toContain('admin-token');
  }
  expect(await (await request.get('/api/auth/session')).json()).toMatchObject({ user: { name: 'admin' } });
  await request.post('/api/auth/logout', { headers: { origin: stack.url } });
  expect((await request.get('/api/auth/session')).status()).toBe(401);
});

test('every page enforces a policy that no inline script passes', async ({ request }) => {
  const first = (await request.get('/login')).headers();
  const second = (await request.get('/login')).headers();
  const policy = first['content-security-policy'] ?? '';
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toContain("default-src 'self'");
  expect(policy).toMatch(/script-src [^;]*'nonce-[0-9a-f]{32}'/);
  expect(policy).not.toMatch(/script-src [^;]*'unsafe-/);
  expect(second['content-security-policy']).not.toBe(policy);
  expect(first['x-content-type-options']).toBe('nosniff');
});

test('Automatic approval is refused for an Alauda operator, however it is called', async ({
  request,
  stack,
}) => {
  await signInOverHttp(request, stack.url, 'admin-token');
  for (const path of [install, `${install}?dryRun=true`]) {
    const answer = await request.post(path, {
      headers: { origin: stack.url },
      data: { ...order, approval: 'Automatic' },
    });
    expect(answer.status()).toBe(422);
    expect((await answer.json()).fields).toContainEqual(expect.objectContaining({ path: 'approval' }));
  }
});

test('viewer and operator are refused by Kubernetes itself', async ({ request, stack, kubectl }) => {
  for (const user of ['viewer', 'operator']) {
    await signInOverHttp(request, stack.url, `${user}-token`);
    const answer = await request.post(install, { headers: { origin: stack.url }, data: order });
    expect(answer.status(), user).toBe(403);
    const problem = await answer.json();
    expect(problem).toMatchObject({ code: 'forbidden', reason: 'Forbidden', cluster: 'business' });
    expect(problem.verb, user).toMatch(/^(list|create)$/);
  }
  expect(await kubectl('business', 'get', 'subscriptions', '-A', '-o', 'name')).toBe('');
});

test('a dry run answers what would be created and creates nothing', async ({ request, stack, kubectl }) => {
  await signInOverHttp(request, stack.url, 'admin-token');
  const answer = await request.post(`${install}?dryRun=true`, {
    headers: { origin: stack.url },
    data: order,
  });
  expect(answer.status()).toBe(200);
  const { steps } = await answer.json();
  expect(steps.map(({ kind }: { kind: string }) => kind)).toEqual(['Namespace', 'Subscription']);
  expect(await kubectl('business', 'get', 'namespaces', '-o', 'name')).not.toContain('harbor-ce-operator');
});

test('an unknown cluster is 404, whatever its name', async ({ request, stack }) => {
  await signInOverHttp(request, stack.url, 'admin-token');
  for (const name of ['nowhere', '..%2F..', 'global%2F..%2Fbusiness', 'kubernetes-admin@kubernetes']) {
    expect((await request.get(`/api/clusters/${name}/operators`)).status(), name).toBe(404);
    expect((await request.get(`/clusters/${name}/operatorhub`)).status(), name).toBe(404);
  }
  expect((await request.get('/clusters/business/operatorhub')).status()).toBe(200);
});

test('what no route answers is told as a problem, not as a page', async ({ request, stack }) => {
  expect((await request.get('/api/nowhere')).status()).toBe(401);
  await signInOverHttp(request, stack.url, 'admin-token');
  const answer = await request.get('/api/clusters/business/nowhere');
  expect(answer.status()).toBe(404);
  expect(answer.headers()['content-type']).toBe('application/problem+json');
  expect(await answer.json()).toMatchObject({ code: 'not-found', status: 404 });
});

test('cluster plugins are refused to whoever may not know of the global cluster', async ({
  request,
  stack,
}) => {
  await signInOverHttp(request, stack.url, 'operator-token');
  const answer = await request.post('/api/clusters/business/plugins/gpu-device-plugin/install', {
    headers: { origin: stack.url },
    data: { version: 'v4.0.15', config: {} },
  });
  expect(answer.status()).toBe(403);
  expect(await answer.json()).toMatchObject({
    code: 'forbidden',
    resource: 'moduleplugins.cluster.alauda.io',
  });
});

test('a list that has not changed is not sent again', async ({ request, stack }) => {
  await signInOverHttp(request, stack.url, 'admin-token');
  const first = await request.get(operators);
  const etag = first.headers().etag ?? '';
  expect(etag).not.toBe('');
  expect((await request.get(operators, { headers: { 'if-none-match': etag } })).status()).toBe(304);
});

test('operators of the system catalog are never listed', async ({ request, stack }) => {
  await signInOverHttp(request, stack.url, 'admin-token');
  const { items } = await (await request.get(operators)).json();
  expect(items.length).toBeGreaterThanOrEqual(20);
  expect(items.filter((row: { catalog: string }) => row.catalog === 'system')).toEqual([]);
  expect(new Set(items.map((row: { source: string }) => row.source))).toEqual(
    new Set(['Alauda', 'Curated', 'Community', 'Marketplace', 'Custom']),
  );
});
