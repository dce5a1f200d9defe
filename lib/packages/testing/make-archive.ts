import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { type Header, pack } from 'tar-stream';

/** A file of an archive that a test makes; `bytes` may be absent for what is no plain file. */
export type TestEntry = Partial<Header> & { name: string; bytes?: Uint8Array | string };

/** A tar archive of these entries, hostile ones too. */
export async function makeTar(entries: readonly TestEntry[]): Promise<Buffer> {
  const archive = pack();
  for (const { bytes, ...header } of entries) {
    if (bytes === undefined) archive.entry(header);
    else archive.entry(header, bytes);
  }
  archive.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of archive) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

export async function makeArchive(entries: readonly TestEntry[]): Promise<Buffer> {
  return gzipSync(await makeTar(entries));
}

const type = 'application/vnd.oci.image';

const descriptor = (mediaType: string, bytes: Uint8Array) => ({
  mediaType,
  digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}`,
  size: bytes.length,
});

/** One image with a layer of these bytes: its blobs, and the descriptor of its manifest. */
export function testImage(reference: string, layer: Uint8Array) {
  const config = Buffer.from(JSON.stringify({ os: 'linux', architecture: 'amd64', reference }));
  const configOf = descriptor(`${type}.config.v1+json`, config);
  const layerOf = descriptor(`${type}.layer.v1.tar+gzip`, layer);
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: `${type}.manifest.v1+json`,
      config: configOf,
      layers: [layerOf],
    }),
  );
  const root = {
    ...descriptor(`${type}.manifest.v1+json`, manifest),
    annotations: { 'org.opencontainers.image.ref.name': reference },
  };
  const blobs = new Map<string, Uint8Array>([
    [root.digest, manifest],
    [configOf.digest, config],
    [layerOf.digest, layer],
  ]);
  return { reference, root, blobs, layer: layerOf.digest };
}

export type TestImage = ReturnType<typeof testImage>;

const part = (reference: string) => {
  const [, registry = '', repository = '', tag = ''] = /^([^/]+)\/(.+):([^:]+)$/.exec(reference) ?? [];
  return { registry, repository, tag };
};

/** `package.yaml` of an operator made of these images, the first of which is its bundle. */
export function testManifest(images: readonly TestImage[]): Record<string, unknown> {
  const [bundle, ...related] = images.map(({ reference, root }, index) => ({
    ...part(reference),
    digest: root.digest,
    type: index === 0 ? 'Bundle' : 'Image',
  }));
  return {
    formatVersion: 1,
    packageType: 'OperatorBundle',
    name: 'topolvm-operator',
    displayName: { en: 'NativeStor', zh: 'NativeStor' },
    version: '2.3.0',
    channels: [{ channel: 'stable', defaultChannel: true }],
    architectures: ['amd64'],
    catalogSource: 'platform',
    artifact: bundle,
    relatedImages: related,
  };
}

/** The entries of a package: manifest, layout, blobs. */
export function packageEntries(
  images: readonly TestImage[],
  manifest: Record<string, unknown> = testManifest(images),
): TestEntry[] {
  const blobs = new Map(images.flatMap((image) => [...image.blobs]));
  return [
    { name: 'package.yaml', bytes: JSON.stringify(manifest) },
    { name: 'oci-layout', bytes: '{"imageLayoutVersion":"1.0.0"}' },
    {
      name: 'index.json',
      bytes: JSON.stringify({ schemaVersion: 2, manifests: images.map(({ root }) => root) }),
    },
    ...[...blobs].map(([digest, bytes]) => ({ name: `blobs/sha256/${digest.slice(7)}`, bytes })),
  ];
}
