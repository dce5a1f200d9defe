import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { KubeObject } from '../../client/types.ts';
import type { ImageRegistry } from '../../registry/image-registry.ts';
import { isBundleFile, isManifest, manifestsOf } from './bundle-blobs.ts';

const maxManifestBytes = 4 * 1024 * 1024;

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
   * The manifests of that image in the order of their file names, as the unpacker reads them; `undefined` when no
   * registry has the image. Throws naming the file when a manifest can't be read.
   */
  async manifests(image: string): Promise<KubeObject[] | undefined> {
    const folder = await this.#folderOf(image);
    if (folder !== undefined) return readManifests(folder, image);
    const files = await this.#registry?.files(image, isBundleFile);
    return files && manifestsOf(files);
  }

  async #folderOf(image: string): Promise<string | undefined> {
    if (!/^[\w.:/@-]+$/.test(image)) return undefined;
    const name = image.replaceAll(/[/:]/g, '_');
    if (name.startsWith('.')) return undefined;
    for (const folder of this.#folders) {
      const manifests = join(folder, name, 'manifests');
      if (await isFolder(manifests)) return manifests;
    }
    return undefined;
  }
}

/** Several clusters unpack the same image, and YAML of large CRDs is slow to read. Keyed by folder and its state. */
const cache = new Map<string, Promise<KubeObject[]>>();
const maxCached = 300;

async function readManifests(folder: string, image: string): Promise<KubeObject[]> {
  const names = (await readdir(folder)).sort().filter((name) => /\.(json|ya?ml)$/.test(name));
  const files = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      const { size, mtimeMs } = await stat(path);
      return { name, path, size, stamp: `${path}:${size}:${mtimeMs}` };
    }),
  );
  const key = files.map(({ stamp }) => stamp).join('\n');
  let objects = cache.get(key);
  if (!objects) {
    objects = parseFiles(files, image);
    if (cache.size >= maxCached) cache.clear();
    cache.set(key, objects);
  }
  return objects;
}

async function parseFiles(
  files: { name: string; path: string; size: number }[],
  image: string,
): Promise<KubeObject[]> {
  const objects: KubeObject[] = [];
  for (const { name, path, size } of files) {
    if (size > maxManifestBytes) {
      throw new Error(`bundle image ${image}: ${name} is larger than ${maxManifestBytes} bytes`);
    }
    for (const document of parseAllDocuments(await readFile(path, 'utf8'))) {
      const [error] = document.errors;
      if (error) throw new Error(`bundle image ${image}: ${name}: ${error.message}`);
      const object: unknown = document.toJS({ maxAliasCount: 100 });
      if (isManifest(object)) objects.push(object);
    }
  }
  return objects;
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}
