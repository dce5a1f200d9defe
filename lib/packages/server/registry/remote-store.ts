import 'server-only';
import { PackageError } from '../../contract';
import { mediaTypes } from '../archive/oci';
import type { PackedDocument } from '../inspect-package';
import type { RegistryConnection } from './connection';
import type { BlobToPush, ImageStore, PushListener } from './image-store';
import { pushBlob } from './push-blob';

const accepted = [
  mediaTypes.index,
  mediaTypes.manifest,
  mediaTypes.dockerList,
  mediaTypes.dockerManifest,
].join(', ');

/** A registry behind the OCI distribution protocol. */
export class RemoteStore implements ImageStore {
  readonly #connection: RegistryConnection;

  constructor(connection: RegistryConnection) {
    this.#connection = connection;
  }

  async digestOf(repository: string, tag: string): Promise<string | undefined> {
    const { status, headers } = await this.#connection.send({
      method: 'HEAD',
      url: `/v2/${repository}/manifests/${tag}`,
      headers: { accept: accepted },
      expect: [200, 404],
      doing: `to tell whether it has ${repository}:${tag}`,
    });
    const digest = headers['docker-content-digest'];
    return status === 200 && typeof digest === 'string' ? digest : undefined;
  }

  async hasBlob(repository: string, digest: string): Promise<boolean> {
    const { status } = await this.#connection.send({
      method: 'HEAD',
      url: `/v2/${repository}/blobs/${digest}`,
      expect: [200, 404],
      doing: `to tell whether ${repository} has ${digest}`,
    });
    return status === 200;
  }

  async mountBlob(repository: string, digest: string, from: string): Promise<boolean> {
    const query = new URLSearchParams({ mount: digest, from });
    const { status, headers } = await this.#connection.send({
      method: 'POST',
      url: `/v2/${repository}/blobs/uploads/?${query}`,
      expect: [201, 202],
      doing: `to share ${digest} with ${repository}`,
    });
    if (status === 201) return true;
    // It has begun an upload instead.
    const { location } = headers;
    if (typeof location === 'string') await this.#cancel(location);
    return false;
  }

  async #cancel(location: string): Promise<void> {
    await this.#connection
      .send({ method: 'DELETE', url: location, expect: [204, 404, 405], doing: 'to forget an upload' })
      // Registries forget uploads by themselves in time.
      .catch(() => undefined);
  }

  async pushBlob(repository: string, blob: BlobToPush, listener: PushListener): Promise<void> {
    await pushBlob(this.#connection, repository, blob, listener);
  }

  async pushDocument(repository: string, document: PackedDocument, tag?: string): Promise<void> {
    const { digest, mediaType, bytes } = document;
    const { headers } = await this.#connection.send({
      method: 'PUT',
      url: `/v2/${repository}/manifests/${tag ?? digest}`,
      headers: { 'content-type': mediaType },
      body: bytes,
      expect: [201],
      doing: `the manifest of ${repository}:${tag ?? digest}`,
    });
    const stored = headers['docker-content-digest'];
    if (stored !== undefined && stored !== digest) {
      throw new PackageError(
        'RegistryRefused',
        `Registry ${this.#connection.address} stored ${repository}:${tag ?? digest} as ${String(stored)} instead of ${digest}.`,
      );
    }
  }

  close(): Promise<void> {
    return this.#connection.close();
  }
}
