import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { ImageRegistry } from '../../registry/image-registry.ts';
import { annotationsOf, isBundleFile } from './bundle-blobs.ts';

const maxManifestBytes = 4 * 1024 * 1024;
const maxAnnotationsBytes = 64 * 1024;

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
    const folder = await this.#folderOf(image);
    if (folder === undefined) return this.#pulled(image);
    const manifests = join(folder, 'manifests');
    const names = (await readdir(manifests)).sort().filter((name) => /\.(json|ya?ml)$/.test(name));
    return Promise.all(
      names.map(async (name) => ({
        name,
        content: await contentOf(join(manifests, name), maxManifestBytes, `bundle image ${image}: ${name}`),
      })),
    );
  }

  /** The labels of that image, as its `metadata/annotations.yaml` has them; empty when it has none. */
  async annotations(image: string): Promise<Record<string, string>> {
    const folder = await this.#folderOf(image);
    if (folder === undefined)
      return annotationsOf((await this.#registry?.files(image, isBundleFile)) ?? new Map());
    const path = join(folder, 'metadata', 'annotations.yaml');
    if (!(await isThere(path))) return {};
    const text = await contentOf(path, maxAnnotationsBytes, `bundle image ${image}: annotations.yaml`);
    const [document] = parseAllDocuments(text.toString('utf8'));
    const { annotations } = (document?.toJS({ maxAliasCount: 10 }) ?? {}) as { annotations?: unknown };
    if (typeof annotations !== 'object' || annotations === null) return {};
    return Object.fromEntries(Object.entries(annotations).map(([name, value]) => [name, String(value)]));
  }

  async #pulled(image: string): Promise<BundleFile[] | undefined> {
    const files = await this.#registry?.files(image, isBundleFile);
    return (
      files &&
      [...files]
        .filter(([path]) => path.startsWith('manifests/'))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([path, content]) => ({ name: path.slice('manifests/'.length), content }))
    );
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

async function contentOf(path: string, maxBytes: number, what: string): Promise<Buffer> {
  const { size } = await stat(path);
  if (size > maxBytes) throw new Error(`${what} is larger than ${maxBytes} bytes`);
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
