import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { z } from 'zod';
import { untar } from './untar.ts';

/** Where the bytes of a registry are: behind HTTP, or in a folder. */
export interface RegistrySource {
  /** The host that stands before repositories in the names of images. */
  readonly address: string;
  /** A manifest by tag or digest; `undefined` when there is none. */
  manifest(repository: string, reference: string): Promise<Buffer | undefined>;
  blob(repository: string, digest: string, maxBytes: number): Promise<Buffer | undefined>;
}

/** Manifests and small files of images, as the platform's controllers read them out of its registry. */
export class ImageRegistry {
  readonly #source: RegistrySource;

  constructor(source: RegistrySource) {
    this.#source = source;
  }

  get address(): string {
    return this.#source.address;
  }

  /** Whether the registry has that image. */
  async has(image: string): Promise<boolean> {
    return (await this.#manifest(image)) !== undefined;
  }

  /**
   * The files of an image that `wanted` asks for, later layers before earlier ones; `undefined` when the registry
   * does not have the image. Throws when it has a part of it only, or one whose digest does not match.
   */
  async files(image: string, wanted: (path: string) => boolean): Promise<Map<string, Buffer> | undefined> {
    const manifest = await this.#manifest(image);
    const repository = parseImage(image)?.repository;
    if (!manifest || repository === undefined) return undefined;
    const files = new Map<string, Buffer>();
    for (const { digest } of manifest.layers) {
      const layer = await this.#source.blob(repository, digest, maxLayerBytes);
      if (!layer) throw new Error(`registry ${this.address}: ${repository} lacks its layer ${digest}`);
      if (digestOf(layer) !== digest) {
        throw new Error(`registry ${this.address}: ${repository}: layer ${digest} has another digest`);
      }
      for (const { path, data } of untar(await unzipped(layer))) if (wanted(path)) files.set(path, data);
    }
    return files;
  }

  async #manifest(image: string): Promise<Manifest | undefined> {
    const parsed = parseImage(image);
    if (parsed?.registry !== this.address) return undefined;
    const { repository } = parsed;
    const found = await this.#source.manifest(repository, parsed.digest ?? parsed.tag);
    if (!found) return undefined;
    const index = indexSchema.safeParse(JSON.parse(found.toString('utf8')));
    if (!index.success) return manifestSchema.parse(JSON.parse(found.toString('utf8')));
    const { manifests } = index.data;
    const chosen = manifests.find(({ platform }) => platform?.architecture === 'amd64') ?? manifests[0];
    const single = chosen && (await this.#source.manifest(repository, chosen.digest));
    if (!single) throw new Error(`registry ${this.address}: ${image} lists no image that it has`);
    return manifestSchema.parse(JSON.parse(single.toString('utf8')));
  }
}

const maxLayerBytes = 64 * 1024 * 1024;
const maxUnzippedBytes = 128 * 1024 * 1024;
const digestSchema = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const indexSchema = z.object({
  manifests: z
    .array(z.object({ digest: digestSchema, platform: z.object({ architecture: z.string() }).optional() }))
    .max(100),
});
const manifestSchema = z.object({
  config: z.object({ mediaType: z.string(), digest: digestSchema }),
  layers: z.array(z.object({ mediaType: z.string(), digest: digestSchema })).max(500),
});
type Manifest = z.infer<typeof manifestSchema>;

async function unzipped(layer: Buffer): Promise<Buffer> {
  if (layer[0] !== 0x1f || layer[1] !== 0x8b) return layer;
  return promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip)(layer, {
    maxOutputLength: maxUnzippedBytes,
  });
}

function digestOf(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** Takes `registry.alauda.cn:60080/devops/x-bundle:v1` apart; a digest may stand in place of the tag. */
export function parseImage(
  image: string,
): { registry: string; repository: string; tag: string; digest?: string } | undefined {
  const match = /^([^/]+)\/([^:@]+)(?::([\w][\w.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$/.exec(image);
  const [, registry, repository, tag = '', digest] = match ?? [];
  if (!registry || !repository || !(tag || digest)) return undefined;
  return { registry, repository, tag, ...(digest ? { digest } : {}) };
}
