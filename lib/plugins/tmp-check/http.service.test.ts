import { test, expect, beforeAll, afterAll } from 'vitest';
import { startSandbox, type Sandbox } from '@/lib/testing/sandbox';
import { join, dirname } from 'node:path';
let sandbox: Sandbox; let cookie = '';
const base = 'http://127.0.0.1:3999';
const call = async (handler: any, path: string, params: any, init: RequestInit = {}) => {
  const r: Response = await handler(new Request(base + path, { ...init, headers: { host: '127.0.0.1:3999', cookie, origin: base, 'content-type': 'application/json', ...(init.headers ?? {}) } }), { params: Promise.resolve(params) });
  return r;
};
beforeAll(async () => {
  sandbox = await startSandbox({ SANDBOX_STATE: 'lived-in' });
  process.env.PLATFORM_URL = sandbox.url; process.env.PLATFORM_CA = join(dirname(sandbox.kubeconfig), 'ca.crt');
  process.env.PUBLIC_URL = base; process.env.SESSION_SECRET = 'x'.repeat(40);
  await new Promise((r) => setTimeout(r, 4000));
});
afterAll(() => sandbox?.stop());
test('http', async () => {
  const plugins = await import('@/app/api/clusters/[cluster]/plugins/route');
  const one = await import('@/app/api/clusters/[cluster]/plugins/[name]/route');
  const { seal } = await import('@/lib/auth/seal') as any;
  const session = await import('@/lib/auth/session') as any;
  console.log(Object.keys(session), Object.keys(await import('@/lib/auth/seal')));
  const token = await import('@/app/api/auth/token/route');
  const r0 = await call(token.POST, '/api/auth/token', {}, { method: 'POST', body: JSON.stringify({ token: 'admin-token' }) });
  console.log(r0.status, r0.headers.getSetCookie().map((c) => c.slice(0, 80)), (await r0.text()).slice(0, 300));
  cookie = r0.headers.getSetCookie().map((c) => c.split(';')[0]).join('; ');
  const r = await call(plugins.GET, '/api/clusters/business/plugins', { cluster: 'business' });
  const body: any = await r.json();
  console.log(r.status, r.headers.get('etag'), body.partial);
  for (const i of body.items) console.log(i.name, i.lifecycle, i.status, i.version, '->', i.newVersion, i.actions.join(), i.blockReasons.join('; '));
  const u = body.items.find((i: any) => i.actions.includes('Upgrade'));
  const d = await call(one.GET, '/x', { cluster: 'business', name: u.name });
  console.log(JSON.stringify(await d.json(), null, 1).slice(0, 5000));
  const again = await call(plugins.GET, '/api/clusters/business/plugins', { cluster: 'business' }, { headers: { 'if-none-match': r.headers.get('etag') ?? '' } });
  console.log(again.status);
  const x = await call(one.GET, '/x', { cluster: 'business', name: '__proto__' }); console.log(x.status, (await x.text()).slice(0, 300));
});
