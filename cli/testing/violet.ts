import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Sandbox } from '@/lib/testing/sandbox';

/** What a command printed and how it ended. */
export interface Ran {
  out: string;
  err: string;
  status: number | null;
}

export type Violet = Awaited<ReturnType<typeof bundledViolet>>;

/** Bundles the tool and gives a function that runs it as its users do: Node.js and the one file. */
export async function bundledViolet(folder: string) {
  const { buildViolet } = await import('../../scripts/lib/violet.mjs');
  const file = await buildViolet(folder);
  return (args: readonly string[], options: { cwd?: string; env?: Record<string, string> } = {}) => {
    const child = spawn(process.execPath, [file, ...args], {
      cwd: options.cwd ?? folder,
      env: { PATH: process.env.PATH, HOME: folder, NODE_ENV: 'production', ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    const ended = once(child, 'close').then(([status]): Ran => ({ out, err, status }));
    return Object.assign(ended, { child, printed: () => out });
  };
}

/** Whether the machine has a program. */
export async function hasProgram(name: string): Promise<boolean> {
  return promisify(execFile)('sh', ['-c', 'command -v "$0"', name]).then(
    () => true,
    () => false,
  );
}

/** The flags of an administrator on this platform, and the environment that trusts it. */
export async function administrator(
  sandbox: Sandbox,
  folder: string,
): Promise<{ account: string[]; env: Record<string, string> }> {
  const authority = join(folder, `${new URL(sandbox.url).port}.crt`);
  await writeFile(authority, sandbox.ca);
  const user = ['--platform-username', 'admin', '--platform-password', 'admin-password'];
  return { account: ['--platform-address', sandbox.url, ...user], env: { PLATFORM_CA: authority } };
}
