// npm start: installs and builds when needed, then serves the console until it is stopped.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { ensureBuilt, serverFile } from './lib/build.mjs';
import { startSandbox, stopAll, waitFor } from './lib/processes.mjs';
import { ensureInstalled, isPortFree, main, Refusal, root } from './lib/project.mjs';

const development = process.argv.includes('--dev');
const host = process.env.HOST || '127.0.0.1';
const port = Number(process.env.PORT || 3000);
const sandboxPort = Number(process.env.SANDBOX_PORT || 6446);
const children = [];
let stopping = false;

await main(async () => {
  const platform = whichPlatform();
  console.log(platform.sentence);
  await checkPorts(platform.sandbox);
  checkSecret();
  await ensureInstalled();
  if (!development) await ensureBuilt();

  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void stop(0));
  try {
    const sandbox = platform.sandbox ? await startEmbeddedPlatform() : undefined;
    const console_ = startConsole(sandbox);
    await waitFor(`http://${isIP(host) === 6 ? `[${host}]` : host}:${port}/api/readyz`, console_, 'console');
    tell(sandbox);
  } catch (error) {
    // A program that ended, or whoever asked to stop, has been told of already.
    if (stopping) return;
    stopping = true;
    await stopAll(children);
    throw error;
  }
});

function whichPlatform() {
  const { PLATFORM_URL, KUBECONFIG, KUBERNETES_SERVICE_HOST } = process.env;
  if (PLATFORM_URL) return { sentence: `Serving the platform at ${PLATFORM_URL} (PLATFORM_URL).` };
  if (KUBECONFIG) return { sentence: `Serving the clusters of ${KUBECONFIG} (KUBECONFIG).` };
  if (KUBERNETES_SERVICE_HOST) return { sentence: 'Serving the cluster that this pod runs in.' };
  return {
    sandbox: true,
    sentence:
      'Serving the sandbox, a platform that lives in memory (neither PLATFORM_URL nor KUBECONFIG is set).',
  };
}

async function checkPorts(withSandbox) {
  for (const [variable, value, least] of [
    ['PORT', port, 1],
    // Zero is any free one: the sandbox says which it took.
    ['SANDBOX_PORT', sandboxPort, 0],
  ]) {
    if (!Number.isInteger(value) || value < least || value > 65_535)
      throw new Refusal(`${variable} must be a port number.`);
  }
  if (!(await isPortFree(port, host)))
    throw new Refusal(`Port ${port} on ${host} is taken: set PORT to a free one.`);
  if (withSandbox && !(await isPortFree(sandboxPort, '127.0.0.1'))) {
    throw new Refusal(
      `Port ${sandboxPort} is taken, which the sandbox needs: set SANDBOX_PORT to a free one.`,
    );
  }
}

function checkSecret() {
  if (process.env.SESSION_SECRET) return;
  if (!['127.0.0.1', '::1', 'localhost'].includes(host)) {
    throw new Refusal(
      `SESSION_SECRET is required when the console listens on ${host}: set 32 or more random bytes.`,
    );
  }
  process.env.SESSION_SECRET = randomBytes(32).toString('base64url');
}

async function startEmbeddedPlatform() {
  return startSandbox(
    {
      SANDBOX_PORT: String(sandboxPort),
      SANDBOX_DIR: process.env.SANDBOX_DIR || join(root, '.sandbox'),
    },
    (child) => keep(child, 'sandbox'),
  );
}

function startConsole(sandbox) {
  const env = {
    ...process.env,
    PORT: String(port),
    HOST: host,
    HOSTNAME: host,
    NEXT_TELEMETRY_DISABLED: '1',
    ...(sandbox && {
      PLATFORM_URL: `https://127.0.0.1:${sandbox.port}`,
      PLATFORM_CA: sandbox.ca,
      SIGN_IN_HINTS:
        process.env.SIGN_IN_HINTS ||
        JSON.stringify(sandbox.users.map(({ name, token }) => ({ label: name, token }))),
    }),
  };
  const next = join(root, 'node_modules', 'next', 'dist', 'bin', 'next');
  const args = development ? [next, 'dev', '--port', String(port), '--hostname', host] : [serverFile];
  return keep(
    spawn(process.execPath, args, {
      cwd: root,
      env: { ...env, NODE_ENV: development ? 'development' : 'production' },
      stdio: ['ignore', development ? 'inherit' : 'ignore', 'inherit'],
    }),
    'console',
  );
}

/** One program's end is the end of all. */
function keep(child, name) {
  children.push(child);
  child.on('exit', () => {
    if (!stopping) {
      console.error(`The ${name} has ended; stopping.`);
      void stop(1);
    }
  });
  return child;
}

async function stop(status) {
  if (stopping) return;
  stopping = true;
  await stopAll(children);
  process.exit(status);
}

function tellRegistry({ address, layout }) {
  if (layout) {
    console.log(
      `  Registry    ${layout} (a folder in OCI layout form: docker-registry is not installed here)`,
    );
  } else if (address) console.log(`  Registry    http://${address} (docker-registry)`);
}

function tell(sandbox) {
  const address = process.env.PUBLIC_URL || `http://${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
  console.log(`\n  Console     ${address}`);
  if (sandbox) {
    console.log(`  Users       ${sandbox.users.map(({ name, token }) => `${name} (${token})`).join(', ')}`);
    console.log(`  Kubeconfig  ${sandbox.kubeconfig}`);
    tellRegistry(sandbox.registry ?? {});
    console.log(`\n  kubectl --kubeconfig '${sandbox.kubeconfig}' --context business get packagemanifests`);
  }
  console.log('\n  Stop with Ctrl-C.');
}
