import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { writeLargeCatalog } from './testing/large-catalog.ts';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));
const directory = await mkdtemp(join(tmpdir(), 'marketplace-catalog-'));
afterAll(() => rm(directory, { recursive: true, force: true }));

const widget = (entry: string) => `---
schema: olm.package
name: widget-operator
defaultChannel: stable
---
schema: olm.channel
package: widget-operator
name: stable
entries:
  - name: ${entry}
---
schema: olm.bundle
package: widget-operator
name: widget-operator.v1.0.0
image: registry.example.com/widget:v1.0.0
properties:
  - type: olm.package
    value: { packageName: widget-operator, version: 1.0.0 }
`;

async function startWith(catalogs: string) {
  const child = spawn(process.execPath, ['--import', 'tsx', main], {
    env: {
      ...process.env,
      SANDBOX_PORT: '0',
      SANDBOX_DIR: join(directory, 'sandbox'),
      SANDBOX_STATE: 'fresh',
      SANDBOX_SPEED: '20',
      SANDBOX_CATALOGS: catalogs,
    },
  });
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  const port = await new Promise<number>((resolve, reject) => {
    child.once('exit', () => reject(new Error(complaints)));
    createInterface({ input: child.stdout }).on('line', (line) => resolve(JSON.parse(line).port));
  });
  return { child, port, complaints: () => complaints };
}

function packages(port: number, ca: string, cluster = 'business'): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const path = `/kubernetes/${cluster}/apis/packages.operators.coreos.com/v1/packagemanifests`;
    const headers = { authorization: 'Bearer admin-token' };
    get({ host: '127.0.0.1', port, path, ca, headers }, async (response) => {
      let body = '';
      for await (const chunk of response.setEncoding('utf8')) body += chunk;
      resolve(JSON.parse(body).items.map(({ metadata }: { metadata: { name: string } }) => metadata.name));
    }).on('error', reject);
  });
}

test('a broken catalog file is reported with file and line, and the rest is served', async () => {
  const catalog = join(directory, 'mine');
  for (const folder of ['broken', 'missing', 'sound'])
    await mkdir(join(catalog, folder), { recursive: true });
  await writeFile(join(catalog, 'broken', 'catalog.yaml'), 'schema: olm.package\nname: [unclosed\nx: y: z\n');
  await writeFile(
    join(catalog, 'missing', 'catalog.yaml'),
    widget('lost-operator.v9.9.9').replaceAll('widget-operator', 'lost-operator'),
  );
  await writeFile(join(catalog, 'sound', 'catalog.yaml'), widget('widget-operator.v1.0.0'));

  const { child, port, complaints } = await startWith(`mine=${catalog}`);
  try {
    expect(complaints()).toMatch(/broken\/catalog\.yaml:[23]: /);
    expect(complaints()).toMatch(/missing\/catalog\.yaml:\d+: .*lost-operator\.v9\.9\.9/);
    const names = await packages(port, await readFile(join(directory, 'sandbox', 'ca.crt'), 'utf8'));
    expect(names).toContain('widget-operator');
    expect(names).toContain('harbor-ce-operator');
  } finally {
    child.kill('SIGTERM');
  }
});

/** A value of a process's status, as Linux keeps it; `undefined` on other systems. */
function statusOf(pid: number | undefined, name: string): number | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]);
  } catch {
    return undefined;
  }
}

/** Seconds of processor time that a process has had, on Linux: other programs on the machine don't count. */
function processorSeconds(pid: number | undefined): number | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return undefined;
  }
}

test('328 packages of 35 MB are served on every cluster within 15 seconds and 600 MB', async () => {
  const catalog = join(directory, 'large');
  expect(await writeLargeCatalog(catalog)).toBeGreaterThan(33_000_000);
  const started = performance.now();
  const { child, port, complaints } = await startWith(`large=${catalog}`);
  try {
    const seconds = processorSeconds(child.pid) ?? (performance.now() - started) / 1_000;
    expect(complaints()).toBe('');
    const ca = await readFile(join(directory, 'sandbox', 'ca.crt'), 'utf8');
    for (const cluster of ['global', 'business', 'edge']) {
      const names = await packages(port, ca, cluster);
      expect(names.filter((name) => name.startsWith('generated-operator-'))).toHaveLength(328);
    }
    expect(seconds).toBeLessThan(15);
    expect((statusOf(child.pid, 'VmHWM') ?? 0) / 1_024).toBeLessThan(600);
  } finally {
    child.kill('SIGTERM');
  }
});
