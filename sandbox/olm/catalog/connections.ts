import { isIP } from 'node:net';
import { keyOf } from '../../client/informer.ts';
import type { CatalogSource } from '../api.ts';
import type { CatalogServer } from './catalog.ts';
import type { CatalogContent } from './model.ts';

export type Connection =
  | { state: 'READY'; content: CatalogContent }
  | { state: 'TRANSIENT_FAILURE'; error: string };

/** What stands at the addresses of CatalogSources on one cluster: the gRPC servers that the sandbox pretends to run. */
export class Connections {
  readonly #catalogs = new Map<string, CatalogServer>();
  readonly #dead = new Set<string>();
  readonly #listeners = new Set<() => void>();

  /** Lets `catalog` be found at `address` (`host:port`). */
  serve(address: string, catalog: CatalogServer): void {
    this.#catalogs.set(address, catalog);
    catalog.onChange(() => this.#tell());
  }

  /** A fault: from now on (or until taken back) nothing answers at `address`. */
  setDead(address: string, dead: boolean): void {
    if (dead) this.#dead.add(address);
    else this.#dead.delete(address);
    this.#tell();
  }

  /** Calls `handler` when content or reachability of any address changed. */
  onChange(handler: () => void): void {
    this.#listeners.add(handler);
  }

  /** Connects as a gRPC client would; an error is worded as grpc-go words it. */
  connect(source: CatalogSource): Connection {
    const address = addressOf(source);
    const catalog = this.#catalogs.get(address);
    if (catalog && !this.#dead.has(address)) return { state: 'READY', content: catalog.content };
    return { state: 'TRANSIENT_FAILURE', error: dialError(address, catalog !== undefined) };
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** Where a CatalogSource's server is: as given, else the service that OLM makes for an image. */
export function addressOf(source: CatalogSource): string {
  return source.spec.address ?? `${source.metadata.name}.${source.metadata.namespace}.svc:50051`;
}

/** Global catalogs serve every namespace, others their own. */
export function catalogsFor(
  namespace: string,
  globalNamespace: string,
  sources: CatalogSource[],
): CatalogSource[] {
  return sources
    .filter((source) => [namespace, globalNamespace].includes(source.metadata.namespace ?? ''))
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

function dialError(address: string, known: boolean): string {
  const host = address.replace(/:\d+$/, '');
  const cause =
    known || isIP(host)
      ? `dial tcp ${address}: connect: connection refused`
      : `dial tcp: lookup ${host}: no such host`;
  return `rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: ${cause}"`;
}
