import 'server-only';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { createGzip } from 'node:zlib';
import { pack } from 'tar-stream';
import { PackageError } from '../../contract';

const maxBytes = 64 * 1024 ** 2;
const maxFiles = 5_000;

/** The files of a folder by their relative paths, in the order of those. */
export type FolderFiles = Map<string, Buffer>;

/** Reads a folder of charts or manifests. @throws PackageError for links and devices, and for what is too large */
export async function readFolder(folder: string): Promise<FolderFiles> {
  const files: FolderFiles = new Map();
  let bytes = 0;
  const walk = async (path: string): Promise<void> => {
    for (const name of (await readdir(path)).sort()) {
      const file = join(path, name);
      const stat = await lstat(file);
      if (stat.isDirectory()) {
        await walk(file);
        continue;
      }
      if (!stat.isFile()) {
        throw new PackageError(
          'InvalidInput',
          `${file} is neither a file nor a folder: packages hold no links.`,
        );
      }
      bytes += stat.size;
      if (bytes > maxBytes || files.size >= maxFiles) {
        throw new PackageError(
          'InvalidInput',
          `${folder} holds more than ${maxFiles} files or ${maxBytes} bytes.`,
        );
      }
      files.set(relative(folder, file).split(sep).join('/'), await readFile(file));
    }
  };
  await walk(folder);
  return files;
}

/** A gzip'd tar of files below `prefix`. The same files give the same bytes. */
export async function tarOf(files: FolderFiles, prefix = ''): Promise<Buffer> {
  const archive = pack();
  for (const [path, bytes] of files) {
    archive.entry({ name: prefix + path, mode: 0o644, mtime: new Date(0), uid: 0, gid: 0 }, bytes);
  }
  archive.finalize();
  const gzip = createGzip();
  const done = (async () => {
    for await (const chunk of archive) gzip.write(chunk);
    gzip.end();
  })();
  const chunks: Uint8Array[] = [];
  for await (const chunk of gzip) chunks.push(chunk);
  await done;
  return Buffer.concat(chunks);
}
