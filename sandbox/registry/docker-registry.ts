import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { stringify } from 'yaml';

const startMs = 20_000;

/** A registry that runs beside the sandbox. */
export interface RunningRegistry {
  /** Host and port, as images are named after it. */
  address: string;
  close(): void;
}

/**
 * Starts Debian's `docker-registry` on 127.0.0.1 with its data in `folder`; `undefined` where it is not installed. It
 * ends with this process, however that ends.
 * @throws Error with what the registry said, when it can't serve
 */
export async function startDockerRegistry(folder: string): Promise<RunningRegistry | undefined> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'config.yml');
  await writeFile(file, stringify(configuration(folder)), { mode: 0o600 });
  // The shell outlives nobody: when the other end of its input is gone, so are `cat` and the registry.
  const script =
    'command -v docker-registry >/dev/null || exit 127; docker-registry serve "$0" & cat; kill $!';
  const child = spawn('sh', ['-c', script, file], { stdio: ['pipe', 'ignore', 'pipe'] });
  child.on('error', () => undefined);
  const address = await addressOf(child);
  if (address === undefined) return undefined;
  return { address, close: () => child.stdin?.destroy() };
}

function configuration(folder: string) {
  return {
    version: '0.1',
    log: { level: 'info', formatter: 'json', accesslog: { disabled: true } },
    storage: {
      filesystem: { rootdirectory: join(folder, 'data') },
      cache: { blobdescriptor: 'inmemory' },
      delete: { enabled: true },
    },
    http: { addr: '127.0.0.1:0', secret: randomBytes(24).toString('base64url') },
  };
}

/** What it writes when it serves names its port. */
async function addressOf(child: ChildProcess): Promise<string | undefined> {
  if (!child.stderr) return undefined;
  const said: string[] = [];
  const timer = setTimeout(() => child.stdin?.destroy(), startMs);
  const lines = createInterface({ input: child.stderr });
  try {
    return await new Promise((resolve, reject) => {
      lines.on('line', (line) => {
        said.push(line);
        const [, address] = /"listening on (127\.0\.0\.1:\d+)"/.exec(line) ?? [];
        if (address !== undefined) resolve(address);
        if (said.length > 50) said.shift();
      });
      child.on('error', () => resolve(undefined));
      child.on('close', (status) => {
        if (status === 127) resolve(undefined);
        else reject(new Error(`docker-registry could not start: ${said.slice(-3).join(' ').slice(-600)}`));
      });
    });
  } finally {
    clearTimeout(timer);
  }
}
