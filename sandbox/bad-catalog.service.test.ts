import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';

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

function packages(port: number, ca: string): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const path = '/kubernetes/business/apis/packages.operators.coreos.com/v1/packagemanifests';
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
