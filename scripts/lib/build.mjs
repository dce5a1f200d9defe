// The production build: made when it is missing or older than the sources.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { checkSpace, Refusal, root, runProgram } from './project.mjs';

const SOURCES = [
  'app',
  'cli',
  'components',
  'lib',
  'messages',
  'public',
  'package-lock.json',
  'next.config.ts',
  'proxy.ts',
  'instrumentation.ts',
  'postcss.config.mjs',
  'tsconfig.json',
];
const STAMP = join(root, '.next', 'standalone', '.built');
const LOCK = join(root, 'node_modules', '.build-lock');
const LOCK_WAIT_MS = 10 * 60_000;

/** The server that `ensureBuilt` leaves behind: needs Node.js and nothing else. */
export const serverFile = join(root, '.next', 'standalone', 'server.js');

/**
 * Builds the console unless what is built is newer than its sources; waits for a build that runs already.
 * @throws Refusal when it can't be built
 */
export async function ensureBuilt() {
  await locked(async () => {
    if (isFresh()) return;
    checkSpace();
    console.log('Building the console for production ...');
    rmSync(STAMP, { force: true });
    const started = Date.now();
    const next = join(root, 'node_modules', 'next', 'dist', 'bin', 'next');
    const status = await runProgram(process.execPath, [next, 'build'], {
      env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (status !== 0) {
      checkSpace();
      throw new Refusal('The console could not be built; the reason is above.');
    }
    const standalone = join(root, '.next', 'standalone');
    cpSync(join(root, '.next', 'static'), join(standalone, '.next', 'static'), { recursive: true });
    if (existsSync(join(root, 'public')))
      cpSync(join(root, 'public'), join(standalone, 'public'), { recursive: true });
    // What the console hands out: the packaging and listing tool.
    const { buildViolet } = await import('./violet.mjs');
    await buildViolet(join(standalone, 'tool'));
    // Named after the start: a source that was saved during the build makes the next start build again.
    writeFileSync(STAMP, String(started));
  });
}

function isFresh() {
  if (!existsSync(STAMP)) return false;
  const built = Number(readFileSync(STAMP, 'utf8'));
  return SOURCES.every((source) => newest(join(root, source)) < built);
}

function newest(path) {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return /\.test\.tsx?$/.test(path) ? 0 : stat.mtimeMs;
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), stat.mtimeMs);
}

/** Two commands may start side by side; two builds in one folder would spoil each other. */
async function locked(run) {
  const deadline = Date.now() + LOCK_WAIT_MS;
  while (!takeLock()) {
    if (Date.now() > deadline)
      throw new Refusal(`Another build has not ended for ten minutes; if none runs, delete ${LOCK}.`);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  const release = () => rmSync(LOCK, { recursive: true, force: true });
  process.once('exit', release);
  try {
    await run();
  } finally {
    process.off('exit', release);
    release();
  }
}

function takeLock() {
  try {
    mkdirSync(LOCK);
    writeFileSync(join(LOCK, 'pid'), String(process.pid));
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (holderIsGone()) rmSync(LOCK, { recursive: true, force: true });
    return false;
  }
}

function holderIsGone() {
  try {
    process.kill(Number(readFileSync(join(LOCK, 'pid'), 'utf8')), 0);
    return false;
  } catch (error) {
    // ENOENT: the holder is between making the folder and writing its number.
    return error.code === 'ESRCH';
  }
}
