import 'server-only';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { PackageError, type Verification } from '../contract';
import { digestOfFile } from './archive/chart-archive';
import { checkSignature } from './gpg';

export interface VerifyOptions {
  /** A file of public keys that are trusted; without it those of the user's own GPG keyring. */
  keyring?: string;
  signal?: AbortSignal;
}

const maxChecksumBytes = 1024 ** 2;

/**
 * Verifies a package by what lies beside it: `<file>.sig` with GPG, else `<file>.sha256`. A signature that does not hold
 * is not made good by a checksum, which whoever forged the one can write as well.
 */
export async function verifyPackage(file: string, options: VerifyOptions = {}): Promise<Verification> {
  if (await exists(`${file}.sig`)) {
    const check = await checkSignature(file, `${file}.sig`, options);
    return check.good
      ? { file, outcome: 'gpg', signer: check.signer }
      : { file, outcome: 'failed', reason: check.reason };
  }
  if (!(await exists(`${file}.sha256`))) return { file, outcome: 'none' };
  const expected = await readChecksum(`${file}.sha256`, basename(file));
  if (expected === undefined) {
    return { file, outcome: 'failed', reason: `${basename(file)}.sha256 names no checksum of it` };
  }
  return verifyChecksum(file, expected, options.signal);
}

/** Verifies a package by a SHA-256 checksum, 64 hexadecimal digits. */
export async function verifyChecksum(
  file: string,
  expected: string,
  signal?: AbortSignal,
): Promise<Verification> {
  const wanted = expected
    .trim()
    .toLowerCase()
    .replace(/^sha256:/, '');
  if (!/^[0-9a-f]{64}$/.test(wanted)) {
    return { file, outcome: 'failed', reason: 'a SHA-256 checksum has 64 hexadecimal digits' };
  }
  const { digest } = await digestOfFile(file, signal);
  if (digest === `sha256:${wanted}`) return { file, outcome: 'checksum' };
  return { file, outcome: 'failed', reason: `its checksum is ${digest.slice(7)}, not ${wanted}` };
}

/** Verifies a package, or every package of a folder in the order of their names. @throws PackageError for neither */
export async function verifyPackages(path: string, options: VerifyOptions = {}): Promise<Verification[]> {
  const results: Verification[] = [];
  for (const file of await packageFiles(path)) results.push(await verifyPackage(file, options));
  return results;
}

/** The package files that a path stands for: itself, or the `.tgz` files in the folder. @throws PackageError */
export async function packageFiles(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new PackageError('InvalidInput', `${path} does not exist.`);
  if (found.isFile()) return [path];
  if (!found.isDirectory()) throw new PackageError('InvalidInput', `${path} is neither a file nor a folder.`);
  const entries = await readdir(path, { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && /\.(tgz|tar\.gz)$/.test(entry.name));
  if (files.length === 0) throw new PackageError('InvalidInput', `${path} holds no package (*.tgz).`);
  return files.map(({ name }) => join(path, name)).sort();
}

/** Reads what `sha256sum` writes: one line per file; a line without a name speaks of the file beside it. */
async function readChecksum(path: string, name: string): Promise<string | undefined> {
  if ((await stat(path)).size > maxChecksumBytes) return undefined;
  const lines = (await readFile(path, 'utf8')).split('\n').flatMap((line) => {
    const [, sum, of] = /^([0-9a-fA-F]{64})(?:\s+\*?(.+?))?\s*$/.exec(line) ?? [];
    return sum ? [{ sum, of: of === undefined ? undefined : basename(of) }] : [];
  });
  const only = lines.length === 1 ? lines[0] : undefined;
  return (lines.find(({ of }) => of === name) ?? (only?.of === undefined ? only : undefined))?.sum;
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}
