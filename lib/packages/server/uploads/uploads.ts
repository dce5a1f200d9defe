import 'server-only';
import { link, mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { FileStore, MemoryConfigstore } from '@tus/file-store';
import { ProblemError } from '@/lib/kube/problem';
import { shared } from '@/lib/kube/shared';
import type { PackageSummary, Verification } from '../../contract';
import { uploadLimits } from '../../upload-contract';
import { makeUploadFolder } from './upload-folder';

const SWEEP_MS = 60_000;

/** A package on its way from a browser to the registry. */
export interface StoredUpload {
  id: string;
  /** The one user who may see it. */
  owner: string;
  fileName: string;
  size: number;
  created: number;
  /** When the last part came, or something was asked about it. */
  touched: number;
  /** It is being read or pushed: not to be removed now. */
  busy: boolean;
  /** What verifying it came to; undefined until that was done. */
  verification?: Verification;
  /** What is in it; undefined until it was read. */
  summary?: PackageSummary;
}

/** All packages that wait on this server, in memory; their bytes are in one folder. */
export class Uploads {
  readonly folder = makeUploadFolder();
  readonly store = new FileStore({ directory: this.folder, configstore: new MemoryConfigstore() });
  readonly #uploads = new Map<string, StoredUpload>();

  constructor() {
    setInterval(() => void this.sweep(), SWEEP_MS).unref();
  }

  /**
   * Notes an upload that is about to begin.
   * @throws ProblemError `too-many-requests` when the user, or the server, has too many of them
   */
  add(upload: Pick<StoredUpload, 'id' | 'owner' | 'fileName' | 'size'>): void {
    const own = this.of(upload.owner).length;
    if (own >= uploadLimits.perUser || this.#uploads.size >= uploadLimits.total) {
      throw new ProblemError(
        'too-many-requests',
        `${own >= uploadLimits.perUser ? `You have ${own}` : `There are ${this.#uploads.size}`} uploads waiting on the console. Push or remove some of them first.`,
      );
    }
    const now = Date.now();
    this.#uploads.set(upload.id, { ...upload, created: now, touched: now, busy: false });
  }

  /** The uploads of one user. */
  of(owner: string): StoredUpload[] {
    return [...this.#uploads.values()].filter((upload) => upload.owner === owner);
  }

  /** @throws ProblemError `not-found` when there is none of that id, or it is somebody else's */
  get(id: string, owner: string): StoredUpload {
    const upload = this.#uploads.get(id);
    if (upload?.owner !== owner) {
      throw new ProblemError(
        'not-found',
        'There is no such upload; it may have ended. Send the package again.',
      );
    }
    upload.touched = Date.now();
    return upload;
  }

  /**
   * Notes what is in an upload. One of the same file name that holds the same version of the same package was sent on an
   * earlier visit and makes room.
   * @throws ProblemError `conflict` when another file holds it: one would replace the other's images
   */
  async settle(upload: StoredUpload, summary: PackageSummary): Promise<void> {
    upload.summary = summary;
    const twin = this.of(upload.owner).find((other) => other !== upload && isSame(other.summary, summary));
    if (!twin) return;
    if (twin.fileName !== upload.fileName || twin.busy) {
      throw new ProblemError(
        'conflict',
        `${upload.fileName} holds the same version of the same package as ${twin.fileName}, which waits on the console. Leave one of them out.`,
      );
    }
    await this.remove(twin.id);
  }

  /** Bytes that unfinished uploads will still need. */
  async outstanding(): Promise<number> {
    const left = await Promise.all(
      [...this.#uploads.values()].map(async (upload) => upload.size - (await this.received(upload))),
    );
    return left.reduce((sum, bytes) => sum + bytes, 0);
  }

  /** How much of it has come. */
  async received({ id }: StoredUpload): Promise<number> {
    return stat(this.path(id)).then(
      ({ size }) => size,
      () => 0,
    );
  }

  path(id: string): string {
    return join(this.folder, id);
  }

  /**
   * An upload that has come whole, marked as being worked on.
   * @throws ProblemError `not-found`, or `conflict` while a part is missing or other work on it goes on
   */
  async takeWhole(id: string, owner: string): Promise<StoredUpload> {
    const upload = this.get(id, owner);
    const received = await this.received(upload);
    if (received < upload.size) {
      throw new ProblemError(
        'conflict',
        `Only ${received} of ${upload.size} bytes of ${upload.fileName} have come. Send the rest first.`,
      );
    }
    if (upload.busy) {
      throw new ProblemError(
        'conflict',
        `${upload.fileName} is being worked on already. Wait until that has ended.`,
      );
    }
    upload.busy = true;
    return upload;
  }

  /** The package under its own name, beside which signature and checksum are looked for. */
  async named({ id, fileName }: StoredUpload): Promise<string> {
    const folder = `${this.path(id)}.package`;
    const file = join(folder, fileName);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await link(this.path(id), file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    return file;
  }

  /** Removes an upload and its bytes. */
  async remove(id: string): Promise<void> {
    this.#uploads.delete(id);
    // The store forgets its part; that the file is gone already is what is wanted.
    await this.store.remove(id).catch(() => rm(this.path(id), { force: true }));
    await rm(`${this.path(id)}.package`, { recursive: true, force: true });
  }

  /** Removes what has been here for too long. */
  async sweep(now = Date.now()): Promise<void> {
    for (const upload of this.#uploads.values()) {
      const isOld = now - upload.created > uploadLimits.lifetimeMs;
      const isIdle = now - upload.touched > uploadLimits.idleMs;
      if (upload.busy || !(isOld || (isIdle && (await this.received(upload)) < upload.size))) continue;
      await this.remove(upload.id);
    }
  }
}

function isSame(known: PackageSummary | undefined, { type, name, version }: PackageSummary): boolean {
  return known?.type === type && known.name === name && known.version === version;
}

/** The uploads of this process. */
export function uploads(): Uploads {
  return shared('uploads', () => new Uploads());
}
