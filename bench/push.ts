// npm run bench:push: a package of 1 GiB in 20 layers into docker-registry, beside `skopeo copy` of the same image.
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buildViolet } from '../scripts/lib/violet.mjs';

const mebibyte = 1024 ** 2;
const layerCount = 20;
const sizes = [128, 1024];
const image = 'bench.example.com/bench/large:v1';

interface Measured {
  seconds: number;
  /** Largest resident set in MiB; 0 where the system does not tell. */
  memory: number;
}

const folder = await mkdtemp(join(process.env.BENCH_DIR ?? tmpdir(), 'bench-push-'));
try {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < 8 * 1024 * mebibyte)
    throw new Error(`${folder} has less than 8 GiB free: set BENCH_DIR.`);
  const violet = await buildViolet(folder);
  const rows: string[][] = [];
  for (const size of sizes) rows.push(...(await measureSize(violet, size)));
  const header = ['package', 'what', 'seconds', 'MiB/s', 'peak memory, MiB'];
  for (const row of [header, header.map(() => '---'), ...rows]) console.log(`| ${row.join(' | ')} |`);
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function measureSize(violet: string, size: number): Promise<string[][]> {
  const layout = join(folder, `layout-${size}`);
  await makeLayout(layout, size);
  const bundle = await makeBundle(size);
  const file = join(folder, `bench-${size}.tgz`);
  const node = (args: string[]) => measured(process.execPath, [violet, ...args]);
  const created = await node(['create', bundle, '--images', layout, '--output', file]);
  const checked = await node(['show', file]);
  const registry = await startRegistry(`violet-${size}`);
  const push = ['push', file, '--dest-repo', registry.address, '--no-auth', '--plain', '--skip-crs'];
  const first = await node(push);
  const second = await node(push);
  await registry.stop();
  const rows = [
    row(size, 'violet create', created),
    row(size, 'violet show (reads and checks all of it)', checked),
    row(size, 'violet push', first),
    row(size, 'violet push again', second),
  ];
  const other = await startRegistry(`skopeo-${size}`);
  const copied = await measured('skopeo', [
    'copy',
    '--quiet',
    '--insecure-policy',
    '--dest-tls-verify=false',
    `oci:${layout}:${image}`,
    `docker://${other.address}/bench/large:v1`,
  ]).catch(() => undefined);
  await other.stop();
  if (copied) rows.push(row(size, 'skopeo copy of the layout', copied));
  await Promise.all([rm(file), rm(layout, { recursive: true })]);
  return rows;
}

function row(size: number, what: string, { seconds, memory }: Measured): string[] {
  return [`${size} MiB`, what, seconds.toFixed(2), (size / seconds).toFixed(0), memory.toFixed(0)];
}

/** Runs a program to its end. @throws Error when it fails or is not there */
async function measured(program: string, args: string[]): Promise<Measured> {
  const started = performance.now();
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  let memory = 0;
  const look = setInterval(async () => {
    const text = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
    const [, kibibytes] = /VmHWM:\s+(\d+) kB/.exec(text) ?? [];
    memory = Math.max(memory, Number(kibibytes ?? 0) / 1024);
  }, 20);
  try {
    const [status] = await once(child, 'close');
    if (status !== 0) throw new Error(`${program} ${args[0]} ended with ${status}`);
    return { seconds: (performance.now() - started) / 1000, memory };
  } finally {
    clearInterval(look);
  }
}

async function makeLayout(layout: string, size: number): Promise<void> {
  const blobs = join(layout, 'blobs', 'sha256');
  await mkdir(blobs, { recursive: true });
  const put = async (bytes: Uint8Array) => {
    const hex = createHash('sha256').update(bytes).digest('hex');
    await writeFile(join(blobs, hex), bytes);
    return { digest: `sha256:${hex}`, size: bytes.length };
  };
  const type = 'application/vnd.oci.image';
  const layers: object[] = [];
  const ids: string[] = [];
  for (let at = 0; at < layerCount; at++) {
    // What is random can't be packed further, as real layers can't.
    const layer = await put(randomBytes(Math.floor((size * mebibyte) / layerCount)));
    layers.push({ mediaType: `${type}.layer.v1.tar+gzip`, ...layer });
    ids.push(layer.digest);
  }
  const config = { architecture: 'amd64', os: 'linux', rootfs: { type: 'layers', diff_ids: ids } };
  const manifest = {
    schemaVersion: 2,
    mediaType: `${type}.manifest.v1+json`,
    config: { mediaType: `${type}.config.v1+json`, ...(await put(Buffer.from(JSON.stringify(config)))) },
    layers,
  };
  const root = await put(Buffer.from(JSON.stringify(manifest)));
  const annotations = { 'org.opencontainers.image.ref.name': image };
  const manifests = [{ mediaType: `${type}.manifest.v1+json`, ...root, annotations }];
  await writeFile(join(layout, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests }));
  await writeFile(join(layout, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
}

async function makeBundle(size: number): Promise<string> {
  const bundle = join(folder, `bundle-${size}`);
  await mkdir(join(bundle, 'metadata'), { recursive: true });
  await mkdir(join(bundle, 'manifests'));
  const prefix = 'operators.operatorframework.io.bundle';
  const annotations = { [`${prefix}.package.v1`]: 'bench', [`${prefix}.channels.v1`]: 'stable' };
  await writeFile(join(bundle, 'metadata', 'annotations.yaml'), JSON.stringify({ annotations }));
  const csv = {
    apiVersion: 'operators.coreos.com/v1alpha1',
    kind: 'ClusterServiceVersion',
    metadata: { name: 'bench.v1.0.0' },
    spec: { displayName: 'Bench', version: '1.0.0', relatedImages: [{ name: 'large', image }] },
  };
  await writeFile(join(bundle, 'manifests', 'csv.yaml'), JSON.stringify(csv));
  return bundle;
}

async function startRegistry(name: string) {
  const data = join(folder, name);
  await mkdir(data);
  const config = join(data, 'config.yml');
  const storage = { filesystem: { rootdirectory: data } };
  const log = { level: 'info', formatter: 'json', accesslog: { disabled: true } };
  await writeFile(config, JSON.stringify({ version: '0.1', log, storage, http: { addr: '127.0.0.1:0' } }));
  const child = spawn('docker-registry', ['serve', config], { stdio: ['ignore', 'ignore', 'pipe'] });
  const address = await addressOf(child);
  return {
    address,
    stop: async () => {
      child.kill();
      await once(child, 'exit');
      await rm(data, { recursive: true });
    },
  };
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.on('error', () =>
      reject(new Error('docker-registry is not installed, which this benchmark needs.')),
    );
    if (!child.stderr) return;
    createInterface({ input: child.stderr }).on('line', (line) => {
      const [, address] = /"listening on (127\.0\.0\.1:\d+)"/.exec(line) ?? [];
      if (address !== undefined) resolve(address);
    });
  });
}
