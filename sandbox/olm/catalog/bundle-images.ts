import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImageRegistry } from '../../registry/image-registry.ts';
import { bundleAnnotations, isBundleFile } from './bundle-blobs.ts';

const maxManifestBytes = 4 * 1024 * 1024;

/** A file of a bundle image's `manifests/`. */
export interface BundleFile {
  name: string;
  content: Buffer;
}

/**
 * Where bundle images are: folders that stand for a registry (one folder per image, `/` and `:` as `_`), then the
 * platform's registry.
 */
export class BundleImages {
  readonly #folders: string[];
  readonly #registry: ImageRegistry | undefined;

  constructor(folders: string[], registry?: ImageRegistry) {
    this.#folders = folders;
    this.#registry = registry;
  }

  /** Whether a registry would have that image. */
  async has(image: string): Promise<boolean> {
    return (await this.#folderOf(image)) !== undefined || (await this.#registry?.has(image)) === true;
  }

  /**
   * The manifests of that image in the order of their file names; `undefined` when no registry has the image.
   * @throws naming the file when one is too large
   */
  async files(image: string): Promise<BundleFile[] | undefined> {
    const files = await this.#filesOf(image);
    if (!files) return undefined;
    return [...files]
      .filter(([path]) => path.startsWith(manifests))
      .map(([path, content]) => ({ name: path.slice(manifests.length), content }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** The labels of that image, as its `metadata/annotations.yaml` has them; empty when it has none. */
  async annotations(image: string): Promise<Record<string, string>> {
    return bundleAnnotations((await this.#filesOf(image)) ?? new Map()) ?? {};
  }

  async #filesOf(image: string): Promise<Map<string, Buffer> | undefined> {
    const folder = await this.#folderOf(image);
    if (folder === undefined) return this.#registry?.files(image, isBundleFile);
    const paths = await Promise.all(['manifests', 'metadata'].map((part) => pathsIn(folder, part)));
    const read = paths
      .flat()
      .filter(isBundleFile)
      .map(
        async (path) =>
          [path, await contentOf(join(folder, path), `bundle image ${image}: ${path}`)] as const,
      );
    return new Map(await Promise.all(read));
  }

  async #folderOf(image: string): Promise<string | undefined> {
    if (!/^[\w.:/@-]+$/.test(image)) return undefined;
    const name = image.replaceAll(/[/:]/g, '_');
    if (name.startsWith('.')) return undefined;
    for (const folder of this.#folders) {
      if (await isThere(join(folder, name, 'manifests'))) return join(folder, name);
    }
    return undefined;
  }
}

const manifests = 'manifests/';

async function pathsIn(folder: string, part: string): Promise<string[]> {
  const path = join(folder, part);
  return (await isThere(path)) ? (await readdir(path)).map((name) => `${part}/${name}`) : [];
}

async function contentOf(path: string, what: string): Promise<Buffer> {
  const { size } = await stat(path);
  if (size > maxManifestBytes) throw new Error(`${what} is larger than ${maxManifestBytes} bytes`);
  return readFile(path);
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}
