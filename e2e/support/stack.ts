import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { serverFile } from '../../scripts/lib/build.mjs';
import { startSandbox, stopAll, waitFor } from '../../scripts/lib/processes.mjs';
import { freePort } from '../../scripts/lib/project.mjs';

/** A sandbox and the production console on it, on free ports. */
export interface Stack {
  /** The console's address. */
  url: string;
  sandboxUrl: string;
  kubeconfig: string;
  ca: string;
  /** Ends the console and starts it anew on the same address, with the same keys. */
  restartConsole: () => Promise<void>;
  stop: () => Promise<void>;
}

export interface StackOptions {
  state: 'fresh' | 'lived-in';
  /** More variables for the sandbox, such as SANDBOX_SPEED. */
  sandbox?: Record<string, string>;
  /** More variables for the console, in place of the sandbox's. */
  console?: Record<string, string>;
  /**
   * Gives the console the sandbox's kubeconfig in place of its address. `deadCluster` adds a context of that
   * name at whose address nothing listens.
   */
  kubeconfig?: { deadCluster?: string };
}

/** Starts both programs as `npm start` does, and waits until they answer. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const directory = await mkdtemp(join(tmpdir(), 'marketplace-e2e-'));
  const sandbox = await startSandbox({
    SANDBOX_PORT: '0',
    SANDBOX_DIR: directory,
    SANDBOX_STATE: options.state,
    SANDBOX_SPEED: '10',
    ...options.sandbox,
  });
  const children: ChildProcess[] = [sandbox.child];
  const stop = async () => {
    await stopAll(children);
    await rm(directory, { recursive: true, force: true });
  };
  try {
    const port = await freePort();
    const sandboxUrl = `https://127.0.0.1:${sandbox.port}`;
    const hints = sandbox.users.map(({ name, token }) => ({ label: name, token }));
    const environment = {
      ...process.env,
      NODE_ENV: 'production' as const,
      HOSTNAME: '127.0.0.1',
      HOST: '127.0.0.1',
      PORT: String(port),
      KUBECONFIG: '',
      PLATFORM_URL: sandboxUrl,
      PLATFORM_CA: sandbox.ca,
      SESSION_SECRET: randomBytes(32).toString('hex'),
      SIGN_IN_HINTS: JSON.stringify(hints),
      ...(options.kubeconfig && {
        PLATFORM_URL: '',
        PLATFORM_CA: '',
        KUBECONFIG: await copyKubeconfig(sandbox.kubeconfig, directory, options.kubeconfig.deadCluster),
      }),
      ...options.console,
    };
    const url = `http://127.0.0.1:${port}`;
    const startConsole = async () => {
      const child = spawn(process.execPath, [serverFile], {
        env: environment,
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      children.push(child);
      await waitFor(`${url}/api/readyz`, child, 'console');
    };
    await startConsole();
    const restartConsole = async () => {
      const [old] = children.splice(1);
      if (old) await stopAll([old]);
      await startConsole();
    };
    return { url, sandboxUrl, kubeconfig: sandbox.kubeconfig, ca: sandbox.ca, restartConsole, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function copyKubeconfig(source: string, directory: string, deadCluster?: string): Promise<string> {
  const config = parse(await readFile(source, 'utf8'));
  if (deadCluster) {
    const port = await freePort();
    config.clusters.push({ name: deadCluster, cluster: { server: `https://127.0.0.1:${port}` } });
    config.contexts.push({
      name: deadCluster,
      context: { cluster: deadCluster, user: config.users[0].name },
    });
  }
  const copy = join(directory, 'console-kubeconfig');
  await writeFile(copy, stringify(config));
  return copy;
}
