const block = 512;

/** One file of a tar archive. */
export interface TarFile {
  path: string;
  data: Buffer;
}

/**
 * The plain files of a tar archive that lies in memory (ustar with the `path` records of pax and GNU's long names);
 * links, devices and folders are left out, and names that lead out of the archive too.
 */
export function* untar(archive: Buffer): Generator<TarFile> {
  let longName: string | undefined;
  for (let at = 0; at + block <= archive.length; ) {
    const header = archive.subarray(at, at + block);
    if (header[0] === 0) return;
    const size = Number.parseInt(text(header, 124, 12).trim() || '0', 8);
    if (!Number.isSafeInteger(size) || size < 0 || at + block + size > archive.length) return;
    const data = archive.subarray(at + block, at + block + size);
    at += block + Math.ceil(size / block) * block;
    const type = String.fromCharCode(header[156] ?? 0);
    if (type === 'x') longName = paxPath(data) ?? longName;
    else if (type === 'L') longName = data.toString('utf8').replace(/\0+$/, '');
    else if (type !== 'g') {
      const path = normal(longName ?? ustarName(header));
      longName = undefined;
      if ((type === '0' || type === '\0') && path !== undefined) yield { path, data };
    }
  }
}

function ustarName(header: Buffer): string {
  const prefix = text(header, 257, 5) === 'ustar' ? text(header, 345, 155) : '';
  const name = text(header, 0, 100);
  return prefix ? `${prefix}/${name}` : name;
}

function paxPath(data: Buffer): string | undefined {
  for (const record of data.toString('utf8').split('\n')) {
    const [, path] = /^\d+ path=(.*)$/.exec(record) ?? [];
    if (path !== undefined) return path;
  }
  return undefined;
}

function normal(name: string): string | undefined {
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  return name.startsWith('/') || parts.includes('..') ? undefined : parts.join('/');
}

function text(header: Buffer, from: number, length: number): string {
  const field = header.subarray(from, from + length);
  const end = field.indexOf(0);
  return field.subarray(0, end < 0 ? length : end).toString('utf8');
}
