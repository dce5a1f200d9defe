import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const versions = 8;

/**
 * Writes a file-based catalog of the size that public ones have: a folder per package with two channels, eight
 * versions, an icon and long descriptions, all packages together about `bytes` long.
 * @returns how many bytes were written
 */
export async function writeLargeCatalog(
  folder: string,
  { packages = 328, bytes = 35_000_000 } = {},
): Promise<number> {
  let written = 0;
  // What a version takes beside its description is about 3 kB, the icon 12 kB.
  const words = Math.round((bytes / packages - 12_000) / versions - 3_000);
  for (let index = 0; index < packages; index++) {
    const name = `generated-operator-${index}`;
    const text = blobsOf(name, index, words)
      .map((blob) => JSON.stringify(blob))
      .join('\n');
    await mkdir(join(folder, name), { recursive: true });
    await writeFile(join(folder, name, 'catalog.json'), text);
    written += text.length;
  }
  return written;
}

function blobsOf(name: string, index: number, words: number): unknown[] {
  const csv = (number: number) => `${name}.v1.${number}.0`;
  const entries = Array.from({ length: versions }, (_, number) => ({
    name: csv(number),
    ...(number > 0 ? { replaces: csv(number - 1) } : {}),
  }));
  const icon = { base64data: prose(9_000, index).toString('base64'), mediatype: 'image/svg+xml' };
  return [
    { schema: 'olm.package', name, defaultChannel: 'stable', icon, description: `Number ${index}.` },
    { schema: 'olm.channel', package: name, name: 'stable', entries },
    { schema: 'olm.channel', package: name, name: 'candidate', entries: entries.slice(0, versions - 1) },
    ...entries.map((entry, number) => bundleOf(name, entry.name, `1.${number}.0`, words)),
  ];
}

function bundleOf(name: string, csv: string, version: string, words: number): unknown {
  const group = `${name}.example.com`;
  const kinds = ['Cluster', 'Backup', 'User'];
  const metadata = {
    annotations: {
      'alm-examples': JSON.stringify(
        kinds.map((kind) => ({ apiVersion: `${group}/v1`, kind, metadata: { name: 'example' } })),
      ),
      capabilities: 'Deep Insights',
      categories: 'Database, Storage',
      description: `Runs ${name} with backups and users.`,
    },
    crdDescriptions: {
      owned: kinds.map((kind) => ({
        name: `${kind.toLowerCase()}s.${group}`,
        version: 'v1',
        kind,
        description: `A ${kind} of ${name}, described in a sentence or two as authors do.`,
      })),
    },
    description: prose(words, version.length).toString(),
    displayName: `Operator ${name}`,
    installModes: ['OwnNamespace', 'SingleNamespace', 'MultiNamespace', 'AllNamespaces'].map((type) => ({
      type,
      supported: true,
    })),
    keywords: ['database', 'backup', 'generated'],
    maintainers: [{ name: 'Maintainers', email: 'maintainers@example.com' }],
    maturity: 'stable',
    provider: { name: 'Example', url: 'https://example.com' },
  };
  return {
    schema: 'olm.bundle',
    name: csv,
    package: name,
    image: `registry.example.com/generated/${name}:v${version}`,
    properties: [
      ...kinds.map((kind) => ({ type: 'olm.gvk', value: { group, kind, version: 'v1' } })),
      { type: 'olm.package', value: { packageName: name, version } },
      { type: 'olm.csv.metadata', value: metadata },
    ],
    relatedImages: [1, 2, 3].map((number) => ({
      name: `part-${number}`,
      image: `registry.example.com/generated/${name}-part-${number}:v${version}`,
    })),
  };
}

const sentence = 'Takes backups on a schedule, upgrades without downtime and tells what it does in metrics. ';

function prose(length: number, seed: number): Buffer {
  return Buffer.from(`${seed} ${sentence.repeat(Math.ceil(length / sentence.length))}`.slice(0, length));
}
