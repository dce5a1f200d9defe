import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureBuilt } from './lib/build.mjs';
import { freePort, root } from './lib/project.mjs';

const directory = mkdtempSync(join(tmpdir(), 'marketplace-start-'));
// A no-op in `npm test`, which builds before any test runs.
beforeAll(() => ensureBuilt(), 300_000);
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function start(env: Record<string, string>) {
  const child = spawn(process.execPath, [join(root, 'scripts', 'start.mjs')], {
    cwd: root,
    env: {
      ...process.env,
      KUBECONFIG: '',
      PLATFORM_URL: '',
      SESSION_SECRET: '',
      SANDBOX_DIR: directory,
      ...env,
    },
  });
  let output = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      for (const listener of listeners) listener();
    });
  }
  const says = (pattern: RegExp) =>
    new Promise<void>((resolve, reject) => {
      const check = () => pattern.test(output) && resolve();
      listeners.add(check);
      child.once('exit', () => reject(new Error(`ended, saying: ${output}`)));
      check();
    });
  return { child, says, output: () => output };
}

const ended = (child: ChildProcess) => new Promise<number | null>((resolve) => child.once('exit', resolve));

const answers = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' })
      .once('connect', () => {
        socket.destroy();
        resolve(true);
      })
      .once('error', () => resolve(false));
  });

test('a taken port is told in one sentence', async () => {
  const server = createServer();
  const port = await new Promise<number>((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)),
  );
  const { child, output } = start({ PORT: String(port), SANDBOX_PORT: String(await freePort()) });
  expect(await ended(child)).toBe(1);
  expect(output()).toContain(`Port ${port} on 127.0.0.1 is taken: set PORT to a free one.`);
  expect(output()).not.toMatch(/^\s+at /m);
  server.close();
});

test('listening beyond this machine needs a key of the session', async () => {
  const { child, output } = start({
    HOST: '0.0.0.0',
    PORT: String(await freePort()),
    SANDBOX_PORT: String(await freePort()),
  });
  expect(await ended(child)).toBe(1);
  expect(output()).toContain('SESSION_SECRET is required when the console listens on 0.0.0.0');
});

test('settings that can not be used end it with one sentence, and nothing goes on listening', async () => {
  const absent = join(directory, 'absent');
  const platform = { PLATFORM_URL: 'https://127.0.0.1:1' };
  for (const [settings, sentence] of [
    [{ ...platform, SESSION_SECRET: 'short' }, 'SESSION_SECRET: every key needs at least 32 bytes'],
    [{ ...platform, SIGN_IN_HINTS: '[{"label":"bob"}]' }, 'SIGN_IN_HINTS: must be a JSON list'],
    [{ ...platform, PLATFORM_CA: absent }, `PLATFORM_CA: ${absent} can't be read`],
    [{ KUBECONFIG: absent }, `KUBECONFIG: ${absent} can't be read`],
    [{ ...platform, PORT: '0' }, 'PORT must be a port number.'],
  ] as const) {
    const port = await freePort();
    const { child, output } = start({ PORT: String(port), ...settings });
    expect(await ended(child), sentence).toBe(1);
    expect(output()).toContain(sentence);
    expect(output()).not.toMatch(/^\s+at /m);
    await expect(fetch(`http://127.0.0.1:${port}/login`), sentence).rejects.toThrow();
  }
}, 120_000);

test('asked to stop while it starts, it leaves nothing behind', async () => {
  const sandboxPort = await freePort();
  const { child, says } = start({ PORT: String(await freePort()), SANDBOX_PORT: String(sandboxPort) });
  await says(/Serving the sandbox/);
  await expect.poll(() => answers(sandboxPort), { timeout: 60_000 }).toBe(true);
  child.kill('SIGTERM');
  expect(await ended(child)).toBe(0);
  expect(await answers(sandboxPort)).toBe(false);
}, 90_000);

test('npm start serves the sandbox, says how to use it, and stops within two seconds', async () => {
  const port = await freePort();
  const { child, says, output } = start({ PORT: String(port), SANDBOX_PORT: String(await freePort()) });
  await says(/Stop with Ctrl-C/);
  expect(output().split('\n')[0]).toContain('Serving the sandbox');
  expect(output()).toContain(`http://127.0.0.1:${port}`);
  expect(output()).toContain('admin-token');
  expect(output()).toContain(join(directory, 'kubeconfig'));
  expect((await fetch(`http://127.0.0.1:${port}/login`)).status).toBe(200);

  const asked = performance.now();
  child.kill('SIGTERM');
  expect(await ended(child)).toBe(0);
  expect(performance.now() - asked).toBeLessThan(2_000);
  await expect(fetch(`http://127.0.0.1:${port}/login`)).rejects.toThrow();
});
