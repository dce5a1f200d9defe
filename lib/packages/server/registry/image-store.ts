import 'server-only';
import type { PackedDocument } from '../inspect-package';

export interface BlobToPush {
  digest: string;
  size: number;
  bytes: AsyncIterable<Uint8Array>;
}

/** Told while something is sent: how many bytes have arrived, and that it has to be tried again. */
export interface PushListener {
  onSent?: (bytes: number) => void;
  onRetry?: (retry: { reason: string; attempt: number; seconds: number }) => void;
}

/** What images are put into: a registry, or a folder in OCI layout form. */
export interface ImageStore {
  /** The digest that a tag has now. */
  digestOf(repository: string, tag: string): Promise<string | undefined>;
  hasBlob(repository: string, digest: string): Promise<boolean>;
  /** Makes a blob of one repository one of another too, without sending it; `false` when that can't be done. */
  mountBlob(repository: string, digest: string, from: string): Promise<boolean>;
  /** @throws LostUpload when what had been sent is gone: the blob must be read again */
  pushBlob(repository: string, blob: BlobToPush, listener: PushListener): Promise<void>;
  /** Puts a manifest or index; the one that a tag names comes last. */
  pushDocument(repository: string, document: PackedDocument, tag?: string): Promise<void>;
  close(): Promise<void>;
}

/** The registry has forgotten an upload that was under way. */
export class LostUpload extends Error {
  override readonly name = 'LostUpload';
}
