import 'server-only';
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { PackageError } from '../../contract';
import { indexSchema, refName } from '../archive/oci';
import { parseYaml } from '../archive/parse-yaml';
import type { PackedDocument } from '../inspect-package';
import type { BlobToPush, ImageStore, PushListener } from './image-store';

/** A folder in OCI layout form that stands for a registry: all repositories share its blobs. */
export class LayoutStore implements ImageStore {
  readonly #folder: string;
  readonly #address: string;

  constructor(folder: string, address: string) {
    this.#folder = folder;
    this.#address = address;
  }

  async digestOf(repository: string, tag: string): Promise<string | undefined> {
    const name = this.#name(repository, tag);
    return (await this.#index()).manifests.find(({ annotations }) => annotations?.[refName] === name)?.digest;
  }

  async hasBlob(_repository: string, digest: string): Promise<boolean> {
    return (await stat(this.#path(digest)).catch(() => undefined))?.isFile() ?? false;
  }

  mountBlob(repository: string, digest: string): Promise<boolean> {
    return this.hasBlob(repository, digest);
  }

  async pushBlob(repository: string, { digest, bytes }: BlobToPush, listener: PushListener): Promise<void> {
    const hash = createHash('sha256');
    let sent = 0;
    const counted = async function* () {
      for await (const chunk of bytes) {
        hash.update(chunk);
        sent += chunk.length;
        yield chunk;
        listener.onSent?.(sent);
      }
    };
    await this.#written(digest, async (file) => {
      await pipeline(Readable.from(counted(), { objectMode: false }), createWriteStream(file));
      if (`sha256:${hash.digest('hex')}` === digest) return;
      throw new PackageError('CorruptPackage', `${digest} of ${repository} is not what its name says.`);
    });
  }

  async pushDocument(repository: string, document: PackedDocument, tag?: string): Promise<void> {
    const { digest, mediaType, bytes } = document;
    await this.#written(digest, (file) => writeFile(file, bytes));
    if (tag === undefined) return;
    const name = this.#name(repository, tag);
    const { manifests } = await this.#index();
    const index = {
      schemaVersion: 2,
      manifests: [
        ...manifests.filter(({ annotations }) => annotations?.[refName] !== name),
        { mediaType, digest, size: bytes.length, annotations: { [refName]: name } },
      ],
    };
    await this.#replaced(join(this.#folder, 'oci-layout'), (file) =>
      writeFile(file, '{"imageLayoutVersion":"1.0.0"}'),
    );
    await this.#replaced(join(this.#folder, 'index.json'), (file) => writeFile(file, JSON.stringify(index)));
  }

  async close(): Promise<void> {
    // Nothing is held open.
  }

  #name(repository: string, tag: string): string {
    return `${this.#address}/${repository}:${tag}`;
  }

  #path(digest: string): string {
    return join(this.#folder, 'blobs', 'sha256', digest.slice('sha256:'.length));
  }

  async #index() {
    const file = join(this.#folder, 'index.json');
    const text = await readFile(file, 'utf8').catch(() => '{"schemaVersion":2,"manifests":[]}');
    return parseYaml(text, indexSchema, file);
  }

  async #written(digest: string, write: (file: string) => Promise<void>): Promise<void> {
    await mkdir(join(this.#folder, 'blobs', 'sha256'), { recursive: true });
    await this.#replaced(this.#path(digest), write);
  }

  /** Writes beside a file and puts it in place when it is whole. @throws PackageError when the disk is full */
  async #replaced(path: string, write: (file: string) => Promise<void>): Promise<void> {
    const file = `${path}.${process.pid}.part`;
    try {
      await write(file);
      await rename(file, path);
    } catch (error) {
      await rm(file, { force: true });
      if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') {
        throw new PackageError('NoSpace', `There is no space left in ${this.#folder}.`, { cause: error });
      }
      throw error;
    }
  }
}
