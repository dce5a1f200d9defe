import 'server-only';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { extract, type Header } from 'tar-stream';
import { PackageError } from '../../contract';

/** What one package may hold at most; far above what packages are, far below what hurts. */
export interface ArchiveLimits {
  entries: number;
  /** Bytes of all files together. */
  bytes: number;
  /** Unpacked bytes per packed one, once `ratioFrom` bytes have been unpacked. Layers are packed already. */
  ratio: number;
  ratioFrom: number;
}

export const defaultLimits: ArchiveLimits = {
  entries: 20_000,
  bytes: 256 * 1024 ** 3,
  ratio: 200,
  ratioFrom: 64 * 1024 ** 2,
};

const maxNameLength = 512;

export interface ArchiveEntry {
  /** Relative, with `/`, without `.` and `..`. */
  path: string;
  size: number;
  bytes: AsyncIterable<Uint8Array>;
}

/**
 * Reads a gzip'd tar file entry by entry without writing anything; each entry's bytes must be read, or they are
 * skipped when the next one is asked for.
 * @throws PackageError for a file that is no such archive, is cut short, or holds what a package never does: paths that
 * lead out of it, links, devices, more than `limits` allows
 */
export async function* readEntries(
  file: string,
  { limits = defaultLimits, signal }: { limits?: ArchiveLimits; signal?: AbortSignal } = {},
): AsyncGenerator<ArchiveEntry> {
  const packed = createReadStream(file, { highWaterMark: 1024 ** 2, signal });
  const unpacked = createGunzip({ chunkSize: 256 * 1024 });
  const archive = extract();
  const stop = (error: Error) => archive.destroy(error);
  packed.on('error', stop);
  unpacked.on('error', stop);
  let total = 0;
  unpacked.on('data', (chunk: Buffer) => {
    total += chunk.length;
    const bomb = total > limits.ratioFrom && total > packed.bytesRead * limits.ratio;
    if (bomb) stop(unsafe(`unpacks to more than ${limits.ratio} times its size`));
    else if (total > limits.bytes) stop(unsafe(`unpacks to more than ${limits.bytes} bytes`));
    else if (!archive.write(chunk)) unpacked.pause();
  });
  archive.on('drain', () => unpacked.resume());
  unpacked.on('end', () => archive.end(null));
  packed.pipe(unpacked);
  let entries = 0;
  try {
    for await (const entry of archive) {
      entries += 1;
      if (entries > limits.entries) throw unsafe(`holds more than ${limits.entries} files`);
      const path = safePath(entry.header);
      const bytes = bytesOf(entry);
      if (path !== undefined) yield { path, size: entry.header.size, bytes };
      for await (const _rest of bytes) {
        // The next entry begins where this one ends.
      }
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw asPackageError(error, file);
  } finally {
    packed.destroy();
    unpacked.destroy();
    archive.destroy();
  }

  /** Whoever reads an entry gets the archive's errors there. */
  async function* bytesOf(entry: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
    try {
      // tar-stream gives the bytes that it was given.
      for await (const chunk of entry) yield chunk as Uint8Array;
    } catch (error) {
      signal?.throwIfAborted();
      throw asPackageError(error, file);
    }
  }

  function unsafe(what: string): PackageError {
    return new PackageError('UnsafePackage', `${file} ${what}: it is not read any further.`);
  }

  /** `undefined` for a folder. */
  function safePath({ name, type }: Header): string | undefined {
    if (name.length > maxNameLength) throw unsafe(`holds a name of ${name.length} characters`);
    const quoted = JSON.stringify(name);
    if (type !== 'file' && type !== 'directory' && type !== 'contiguous-file') {
      throw unsafe(`holds a ${type.replace('-', ' ')}, ${quoted}`);
    }
    if (/[\p{Cc}\\]/u.test(name)) throw unsafe(`holds a file with a forbidden name, ${quoted}`);
    if (name.startsWith('/') || /^[A-Za-z]:/.test(name)) throw unsafe(`holds an absolute path, ${quoted}`);
    const parts = name.split('/').filter((part) => part !== '' && part !== '.');
    if (parts.includes('..')) throw unsafe(`holds a path that leads out of it, ${quoted}`);
    return type === 'directory' ? undefined : parts.join('/');
  }
}

function asPackageError(error: unknown, file: string): unknown {
  if (error instanceof PackageError || !(error instanceof Error)) return error;
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT') return new PackageError('InvalidInput', `${file} does not exist.`, { cause: error });
  if (code === 'EISDIR') return new PackageError('InvalidInput', `${file} is a folder.`, { cause: error });
  if (code === 'EACCES')
    return new PackageError('InvalidInput', `${file} may not be read.`, { cause: error });
  if (code === 'Z_BUF_ERROR' || /unexpected end/i.test(error.message)) {
    return new PackageError(
      'CorruptPackage',
      `${file} is cut short: its end is missing. Copy or download it again.`,
      { cause: error },
    );
  }
  if (code === 'Z_DATA_ERROR' && /incorrect header check/.test(error.message)) {
    return new PackageError('InvalidPackage', `${file} is not a package: it is not packed with gzip.`, {
      cause: error,
    });
  }
  if (code.startsWith('Z_')) {
    return new PackageError(
      'CorruptPackage',
      `${file} is damaged: it can't be unpacked. Copy or download it again.`,
      {
        cause: error,
      },
    );
  }
  if (/tar header|Header exceeds|Invalid header/i.test(error.message)) {
    return new PackageError('InvalidPackage', `${file} is not a package: it holds no tar archive.`, {
      cause: error,
    });
  }
  return error;
}
