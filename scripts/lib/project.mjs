// What every command needs before anything is installed: Node.js' own modules only.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

const NEEDED_BYTES = 1.5e9;

/** A failure that is told in one sentence, without a stack. */
export class Refusal extends Error {}

/** Runs a command's main function; a Refusal becomes its sentence and exit status 1. */
export async function main(run) {
  try {
    checkNode();
    await run();
  } catch (error) {
    const full = error?.code === 'ENOSPC' || /ENOSPC|no space left/i.test(String(error?.message));
    console.error(
      full
        ? 'The disk is full: free some space and start again.'
        : error instanceof Refusal
          ? error.message
          : error,
    );
    process.exit(1);
  }
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Refusal(`Node.js ${process.versions.node} is too old: install 20.19 or newer.`);
  }
}

/** Runs a program to its end, its output passed through. */
export function runProgram(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(signal ? 1 : (code ?? 1)));
  });
}

/** Installs from the lock file, when what is installed is not what it says. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  checkSpace();
  console.log('Installing packages from package-lock.json ...');
  // Not `npm ci`: it refuses a lock file in which packages of other platforms are missing, which mirrors often lack.
  // What the lock file names is installed as it says, and the lock file stays as it is.
  const status = await runProgram(
    npm(),
    ['install', '--no-save', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'],
    { shell: process.platform === 'win32' },
  );
  if (status !== 0) {
    checkSpace();
    throw new Refusal(
      'npm could not install the packages; it says why above. Without internet, set its registry to a mirror.',
    );
  }
}

function npm() {
  return process.platform === 'win32' ? 'npm.cmd' : 'npm';
}

function isInstalled() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(readFileSync(installed, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === '' || optional || present[path]?.version === version,
  );
}

/** @throws Refusal when the disk has too little room for packages and a build */
export function checkSpace() {
  const { bavail, bsize } = statfsSync(root);
  if (bavail * bsize < NEEDED_BYTES) {
    throw new Refusal(
      `The disk is full: ${Math.round((bavail * bsize) / 1e6)} MB are free, about 1,500 MB are needed.`,
    );
  }
}

/** @returns whether a port can be listened on; 0 is always free */
export function isPortFree(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** A port that nobody uses right now. */
export function freePort(host = '127.0.0.1') {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, host, () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
