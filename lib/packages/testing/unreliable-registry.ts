import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A docker-registry behind a line that can be cut. */
export interface UnreliableRegistry {
  address: string;
  /** Bytes that clients have sent since the last question. */
  sent(): number;
  /** Cuts all connections when so many more bytes have been sent. */
  cutAfter(bytes: number): void;
  /** Cuts all connections when so many more bytes have been sent, and refuses new ones from then on. */
  dieAfter(bytes: number): void;
  /** Refuses connections from now on, or takes them again. */
  setDead(dead: boolean): void;
  stop(): Promise<void>;
}

/** Starts a registry with its data in `folder`; `undefined` where docker-registry is not installed. */
export async function unreliableRegistry(folder: string): Promise<UnreliableRegistry | undefined> {
  const config = join(folder, 'config.yml');
  const storage = { filesystem: { rootdirectory: join(folder, 'data') } };
  const http = { addr: '127.0.0.1:0', secret: 'of-one-test' };
  const log = { level: 'info', formatter: 'json' };
  await writeFile(config, JSON.stringify({ version: '0.1', log, storage, http }));
  const child = spawn('docker-registry', ['serve', config], { stdio: ['ignore', 'ignore', 'pipe'] });
  const port = await portOf(child);
  if (port === undefined) return undefined;

  const sockets = new Set<Socket>();
  let count = 0;
  let cutAt = Number.POSITIVE_INFINITY;
  let diesThen = false;
  let isDead = false;
  const server = createServer((client) => {
    if (isDead) return client.destroy();
    const upstream = connect(port, '127.0.0.1');
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    }
    client.on('data', (bytes) => {
      count += bytes.length;
      if (count < cutAt) return;
      cutAt = Number.POSITIVE_INFINITY;
      isDead = diesThen;
      for (const socket of sockets) socket.destroy();
    });
    client.pipe(upstream).pipe(client);
    return undefined;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent: () => {
      const bytes = count;
      count = 0;
      return bytes;
    },
    cutAfter: (bytes) => {
      cutAt = count + bytes;
      diesThen = false;
    },
    dieAfter: (bytes) => {
      cutAt = count + bytes;
      diesThen = true;
    },
    setDead: (dead) => {
      isDead = dead;
      if (dead) for (const socket of sockets) socket.destroy();
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      child.kill();
      await once(child, 'exit');
    },
  };
}

function portOf(child: ChildProcess): Promise<number | undefined> {
  return new Promise((resolve) => {
    child.on('error', () => resolve(undefined));
    child.on('exit', () => resolve(undefined));
    if (!child.stderr) return resolve(undefined);
    createInterface({ input: child.stderr }).on('line', (line) => {
      const [, port] = /"listening on 127\.0\.0\.1:(\d+)"/.exec(line) ?? [];
      if (port !== undefined) resolve(Number(port));
    });
  });
}
