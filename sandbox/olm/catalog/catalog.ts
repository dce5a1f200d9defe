import { EventEmitter } from 'node:events';
import type { CatalogProblem } from './blobs.ts';
import { catalogStamp, type LoadedCatalog, loadCatalog } from './load.ts';

/** Where a catalog comes from and how its CatalogSource presents itself. */
export interface CatalogOptions {
  name: string;
  path: string;
  displayName: string;
  publisher: string;
  priority?: number;
}

/** What serves a catalog's content. */
export interface CatalogServer {
  readonly options: CatalogOptions;
  readonly content: LoadedCatalog;
  /** Calls `handler` after the content changed; the result unsubscribes. */
  onChange(handler: () => void): () => void;
}

/** One served catalog: its content, kept up to date with the files. All clusters share it. */
export class Catalog implements CatalogServer {
  readonly options: CatalogOptions;
  readonly #changes = new EventEmitter();
  #loaded: LoadedCatalog;
  #readStamp: string;

  private constructor(options: CatalogOptions, loaded: LoadedCatalog, readStamp: string) {
    this.options = options;
    this.#loaded = loaded;
    this.#readStamp = readStamp;
    this.#changes.setMaxListeners(0);
  }

  /** Reads the files; `report` hears of every problem in them, now and after later changes. */
  static async open(options: CatalogOptions, report: (problem: CatalogProblem) => void): Promise<Catalog> {
    const stamp = await catalogStamp(options.path);
    const loaded = await loadCatalog(options.path);
    for (const problem of loaded.problems) report(problem);
    return new Catalog(options, loaded, stamp);
  }

  get content(): LoadedCatalog {
    return this.#loaded;
  }

  /** Calls `handler` after the content changed; the result unsubscribes. */
  onChange(handler: () => void): () => void {
    this.#changes.on('change', handler);
    return () => this.#changes.off('change', handler);
  }

  /** Reads the files again; true when that changed the content. */
  async reload(report: (problem: CatalogProblem) => void): Promise<boolean> {
    const loaded = await loadCatalog(this.options.path);
    if (loaded.digest === this.#loaded.digest) return false;
    this.#loaded = loaded;
    for (const problem of loaded.problems) report(problem);
    this.#changes.emit('change');
    return true;
  }

  /**
   * Follows the files until `signal` aborts. It looks at names, sizes and times once a second instead of asking the
   * file system for events: those are lost when the folder itself is replaced (a swapped symbolic link, a mount).
   */
  follow(signal: AbortSignal, report: (problem: CatalogProblem) => void, everyMs = 1_000): void {
    let stamp: string | undefined;
    let busy = false;
    const look = async () => {
      const seen = await catalogStamp(this.options.path);
      // Two equal looks in a row: a folder that is still being copied is not read half.
      if (stamp !== undefined && seen === stamp && seen !== this.#readStamp) {
        this.#readStamp = seen;
        await this.reload(report);
      }
      stamp = seen;
    };
    const timer = setInterval(() => {
      if (busy) return;
      busy = true;
      look()
        // The folder is being replaced (moved away and back): a later look finds it.
        .catch(() => undefined)
        .finally(() => {
          busy = false;
        });
    }, everyMs);
    timer.unref();
    signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  }
}
