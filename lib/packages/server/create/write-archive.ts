import 'server-only';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type Pack, pack } from 'tar-stream';
import { stringify } from 'yaml';
import { PackageError } from '../../contract';
import { imageReference } from '../../rules/image-reference';
import { digestOfFile } from '../archive/chart-archive';
import { refName } from '../archive/oci';
import type { Draft, DraftBlob } from './draft';

/**
 * Writes a package and, beside it, its `.sha256`. What a reader wants first comes first: the manifest, the layout,
 * manifests of images, then everything else. Nothing stays behind when it fails.
 */
export async function writeArchive(draft: Draft, file: string, signal?: AbortSignal): Promise<void> {
  const part = `${file}.${process.pid}.part`;
  try {
    const archive = pack();
    const written = pipeline(
      Readable.from(archive, { objectMode: false }),
      // Layers are packed already; gzip finds that out fastest on its lowest level.
      createGzip({ level: 1, chunkSize: 256 * 1024 }),
      createWriteStream(part, { flags: 'wx' }),
      { signal },
    );
    await Promise.all([written, fill(archive, draft).catch((error: unknown) => fail(archive, error))]);
    await rename(part, file);
    const { digest } = await digestOfFile(file, signal);
    await writeFile(`${file}.sha256`, `${digest.slice('sha256:'.length)}  ${basename(file)}\n`);
  } catch (error) {
    await rm(part, { force: true });
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') {
      throw new PackageError('NoSpace', `There is no space left for ${file}.`, { cause: error });
    }
    throw error;
  }
}

function fail(archive: Pack, error: unknown): never {
  archive.destroy(error instanceof Error ? error : new Error('the package could not be written'));
  throw error;
}

async function fill(archive: Pack, { manifest, images, modulePlugin }: Draft): Promise<void> {
  const index = {
    schemaVersion: 2,
    manifests: images.map(({ image, root: { mediaType, digest, size } }) => ({
      mediaType,
      digest,
      size,
      annotations: { [refName]: imageReference(image) },
    })),
  };
  await addBytes(archive, 'package.yaml', Buffer.from(stringify(manifest)));
  if (modulePlugin !== undefined) await addBytes(archive, 'module-plugin.yaml', Buffer.from(modulePlugin));
  await addBytes(archive, 'oci-layout', Buffer.from('{"imageLayoutVersion":"1.0.0"}'));
  await addBytes(archive, 'index.json', Buffer.from(JSON.stringify(index)));
  const blobs = new Map<string, DraftBlob>();
  const all = images.flatMap((image) => image.blobs);
  const small = all.filter(({ source }) => typeof source !== 'string');
  for (const blob of [...small, ...all]) if (!blobs.has(blob.digest)) blobs.set(blob.digest, blob);
  for (const { digest, size, source } of blobs.values()) {
    const name = `blobs/sha256/${digest.slice('sha256:'.length)}`;
    if (typeof source === 'string') await addFile(archive, name, size, source);
    else await addBytes(archive, name, source);
  }
  archive.finalize();
}

const common = { mode: 0o644, mtime: new Date(0), uid: 0, gid: 0 };

function addBytes(archive: Pack, name: string, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    archive
      .entry({ ...common, name }, bytes, (error) => (error ? reject(error) : resolve()))
      .on('error', reject);
  });
}

async function addFile(archive: Pack, name: string, size: number, source: string): Promise<void> {
  const done = new Promise<void>((resolve, reject) => {
    const entry = archive.entry({ ...common, name, size }, (error) => (error ? reject(error) : resolve()));
    entry.on('error', reject);
    const input = createReadStream(source, { highWaterMark: 1024 ** 2 });
    input.on('error', (error) => entry.destroy(error));
    input.on('data', (chunk) => {
      if (!entry.write(chunk)) input.pause();
    });
    entry.on('drain', () => input.resume());
    input.on('end', () => entry.end(null));
  });
  await done;
}
