import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { RegistrySource } from './image-registry.ts';

/** A registry in this process that tests push images to. */
export class MemoryRegistry implements RegistrySource {
  readonly address = 'registry.test';
  readonly #blobs = new Map<string, Buffer>();
  readonly #manifests = new Map<string, Buffer>();

  /** Puts an image of one layer with these files there. */
  push(repository: string, tag: string, files: Record<string, string>): void {
    const layer = this.#store(gzipSync(tar(files)));
    const config = this.#store(Buffer.from('{}'));
    const type = 'application/vnd.oci.image';
    const manifest = {
      schemaVersion: 2,
      mediaType: `${type}.manifest.v1+json`,
      config: { mediaType: `${type}.config.v1+json`, ...config },
      layers: [{ mediaType: `${type}.layer.v1.tar+gzip`, ...layer }],
    };
    this.#manifests.set(`${repository}:${tag}`, Buffer.from(JSON.stringify(manifest)));
  }

  async manifest(repository: string, reference: string): Promise<Buffer | undefined> {
    return this.#manifests.get(`${repository}:${reference}`);
  }

  async blob(_repository: string, digest: string): Promise<Buffer | undefined> {
    return this.#blobs.get(digest);
  }

  #store(bytes: Buffer): { digest: string; size: number } {
    const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
    this.#blobs.set(digest, bytes);
    return { digest, size: bytes.length };
  }
}

/** A ustar archive of plain files. */
function tar(files: Record<string, string>): Buffer {
  const parts = Object.entries(files).map(([path, text]) => {
    const data = Buffer.from(text);
    const header = Buffer.alloc(512);
    header.write(path, 0);
    header.write('0000644\0', 100);
    header.write(`${data.length.toString(8).padStart(11, '0')}\0`, 124);
    header.write('        0ustar\x0000', 148);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    return Buffer.concat([header, data, Buffer.alloc((512 - (data.length % 512)) % 512)]);
  });
  return Buffer.concat([...parts, Buffer.alloc(1024)]);
}
