import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { KubeClient } from '@/lib/kube/client';
import type { GlobalContext } from '@/lib/kube/context';
import { bearerCredentials, clusterAgent } from '@/lib/kube/endpoint';

const projectRoot = fileURLToPath(new URL('../../', import.meta.url));
const START_TIMEOUT_MS = 90_000;

export type SandboxUser = 'admin' | 'viewer' | 'operator' | 'nobody';

/** A platform of its own for one test file, reached over HTTPS as any other. */
export interface Sandbox {
  url: string;
  ca: string;
  kubeconfig: string;
  /** What a verb gets when this user asks for this cluster. */
  context(user: SandboxUser, cluster?: string): GlobalContext;
  stop(): Promise<void>;
}

/**
 * Starts a sandbox on a free port, twenty times as fast as the real platform, and waits until it serves.
 * @param environment variables of the sandbox, such as `SANDBOX_STATE` (`fresh` unless given)
 * @throws Error with what the sandbox printed, when it ends before it serves
 */
export async function startSandbox(environment: Record<string, string> = {}): Promise<Sandbox> {
  const directory = await mkdtemp(join(tmpdir(), 'sandbox-'));
  const child = spawn(process.execPath, ['--import', 'tsx', 'sandbox/main.ts'], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      SANDBOX_PORT: '0',
      SANDBOX_DIR: directory,
      SANDBOX_SPEED: '20',
      SANDBOX_STATE: 'fresh',
      ...environment,
    },
  });
  const stop = async () => {
    await end(child);
    await rm(directory, { recursive: true, force: true });
  };
  try {
    const { port } = await ready(child);
    const ca = await readFile(join(directory, 'ca.crt'), 'utf8');
    const url = `https://127.0.0.1:${port}`;
    const dispatcher = clusterAgent({ tls: () => ({ ca }) });
    return {
      url,
      ca,
      kubeconfig: join(directory, 'kubeconfig'),
      context: (user, cluster = 'business') => {
        const signal = AbortSignal.timeout(60_000);
        const open = (name: string) =>
          new KubeClient(
            { name, baseUrl: `${url}/kubernetes/${name}`, dispatcher },
            bearerCredentials(`${user}-token`),
            signal,
          );
        return {
          kube: open(cluster),
          global: open('global'),
          cluster: { name: cluster, global: cluster === 'global' },
          user: { name: user, groups: [] },
          signal,
        };
      },
      stop: async () => {
        await dispatcher.destroy();
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function ready(child: ChildProcess): Promise<{ port: number }> {
  const printed: string[] = [];
  const { stdout, stderr } = child;
  if (!stdout || !stderr) throw new Error('the sandbox has no output');
  stderr.on('data', (chunk: Buffer) => printed.push(chunk.toString()));
  const timer = setTimeout(() => child.kill('SIGKILL'), START_TIMEOUT_MS);
  try {
    for await (const line of createInterface({ input: stdout })) {
      printed.push(line);
      if (!line.startsWith('{')) continue;
      const message: { ready?: boolean; port?: number } = JSON.parse(line);
      if (message.ready && message.port) {
        stdout.resume();
        return { port: message.port };
      }
    }
  } finally {
    clearTimeout(timer);
  }
  throw new Error(`The sandbox ended before it served. It said:\n${printed.join('\n').slice(-4000)}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
  await exited;
  clearTimeout(timer);
}

/**
 * Asks again until an answer fulfils a condition: a cluster gets there in its own time.
 * @throws Error with the last answer, when it does not within the time
 */
export async function eventually<T>(
  ask: () => Promise<T>,
  fulfils: (answer: T) => boolean,
  timeoutMs = 30_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (fulfils(answer)) return answer;
    if (Date.now() > deadline) {
      throw new Error(
        `It did not come so far in ${timeoutMs} ms. Last: ${JSON.stringify(answer).slice(0, 4000)}`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
