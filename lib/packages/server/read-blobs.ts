import 'server-only';
import { createReadStream } from 'node:fs';
import { digestOf } from './archive/chart-archive';
import { readEntries } from './archive/read-entries';
import type { InspectedPackage } from './inspect-package';
import type { BlobToPush } from './registry/image-store';

/** The blobs of a package that are wanted, in the order in which the file has them; it is read no further than needed. */
export async function* readBlobs(
  source: InspectedPackage,
  wanted: ReadonlySet<string>,
  signal?: AbortSignal,
): AsyncGenerator<BlobToPush> {
  if (source.chart) {
    yield* chartBlobs(source, source.chart.config, wanted, signal);
    return;
  }
  let left = wanted.size;
  for await (const { path, size, bytes } of readEntries(source.file, signal ? { signal } : {})) {
    const digest = path.startsWith('blobs/sha256/') ? `sha256:${path.slice('blobs/sha256/'.length)}` : '';
    if (!wanted.has(digest)) continue;
    yield { digest, size, bytes };
    left -= 1;
    if (left === 0) return;
  }
}

/** Of a plain chart archive the file itself is the one layer. */
async function* chartBlobs(
  { file, images }: InspectedPackage,
  config: Buffer,
  wanted: ReadonlySet<string>,
  signal: AbortSignal | undefined,
): AsyncGenerator<BlobToPush> {
  for (const { digest, size } of images.flatMap(({ blobs }) => blobs)) {
    if (!wanted.has(digest)) continue;
    const isConfig = digest === digestOf(config);
    yield { digest, size, bytes: isConfig ? once(config) : createReadStream(file, { signal }) };
  }
}

async function* once(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}
