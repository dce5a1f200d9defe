// The programs that a command starts, and their end.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Refusal, root } from './project.mjs';

const STOP_MS = 1_500;
const READY_MS = 120_000;

/**
 * Starts the embedded platform and waits until it can serve.
 * @param {Record<string, string>} env its variables
 * @param {(child: import('node:child_process').ChildProcess) => void} [started] gets the process before it is ready
 * @returns {Promise<{
 *   child: import('node:child_process').ChildProcess, port: number, kubeconfig: string, ca: string,
 *   users: { name: string, token: string }[], registry?: { address?: string, layout?: string },
 * }>} its process and what it said when it was ready
 */
export async function startSandbox(env, started) {
  const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'sandbox', 'main.ts')], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  started?.(child);
  const ready = await firstLine(child, 'sandbox');
  return { child, ...ready };
}

function firstLine(child, name) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Refusal(`The ${name} was not ready after ${READY_MS / 1000} seconds.`)),
      READY_MS,
    );
    const ended = () => reject(new Refusal(`The ${name} could not start; the reason is above.`));
    child.once('exit', ended);
    createInterface({ input: child.stdout }).on('line', (line) => {
      const message = parse(line);
      if (!message?.ready) return console.log(line);
      clearTimeout(timer);
      child.off('exit', ended);
      resolve(message);
    });
  });
}

function parse(line) {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Waits until an address answers with success. */
export async function waitFor(url, child, name) {
  const deadline = Date.now() + READY_MS;
  let ended = false;
  child.once('exit', () => {
    ended = true;
  });
  while (Date.now() < deadline && !ended) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(20_000) }).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Refusal(
    `The ${name} ${ended ? 'could not start; the reason is above' : 'did not answer in time'}.`,
  );
}

/** Asks programs to stop, and ends those that don't within a second and a half. */
export async function stopAll(children) {
  await Promise.all(
    children.map(
      (child) =>
        new Promise((resolve) => {
          if (child.exitCode !== null || child.signalCode !== null) return resolve();
          const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
          child.once('exit', () => {
            clearTimeout(timer);
            resolve();
          });
          child.kill('SIGTERM');
        }),
    ),
  );
}
