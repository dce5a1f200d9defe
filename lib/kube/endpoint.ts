import 'server-only';
import { createHash } from 'node:crypto';
import { Agent, buildConnector, Dispatcher, ProxyAgent } from 'undici';

/** How one cluster's API server is reached: one keep-alive agent for all users, who differ by header only. */
export interface ClusterEndpoint {
  name: string;
  /** Without a trailing slash. */
  baseUrl: string;
  dispatcher: Dispatcher;
}

/** What a request carries to be somebody. */
export interface Credentials {
  /** Opaque and safe to keep: tells two users' caches apart without holding the token. */
  key: string;
  headers: Record<string, string | string[]>;
  /** In place of the endpoint's, for credentials that live in the connection (client certificates). */
  dispatcher?: Dispatcher;
}

const CONNECT_TIMEOUT_MS = 10_000;
const KEEP_ALIVE_MS = 30_000;
const MAX_CONNECTIONS = 64;

/** How connections are made; what is in files is read for each of them, so that a renewed file serves the next one. */
export interface ConnectionOptions {
  /** Node.js' TLS options: `ca`, `cert`, `key`, `servername`, `rejectUnauthorized`. @throws what reading a file throws */
  tls?: () => Record<string, unknown>;
  /** Address of an HTTP or SOCKS5 proxy. */
  proxy?: string;
}

/**
 * Connections to one cluster. Each watch holds one for minutes: those are not counted, or the watches of a few readers
 * would leave none for requests.
 */
class ClusterAgent extends Dispatcher {
  readonly #options: ConnectionOptions;
  #requests?: Dispatcher;
  #watches?: Dispatcher;

  constructor(options: ConnectionOptions) {
    super();
    this.#options = options;
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    const isWatch = /[?&]watch=1(&|$)/.test(options.path);
    return (isWatch ? this.#forWatches() : this.#forRequests()).dispatch(options, handler);
  }

  #forRequests(): Dispatcher {
    this.#requests ??= connectionsOf(this.#options, MAX_CONNECTIONS);
    return this.#requests;
  }

  #forWatches(): Dispatcher {
    this.#watches ??= connectionsOf(this.#options, null);
    return this.#watches;
  }

  override async close(): Promise<void> {
    await Promise.all([this.#requests?.close(), this.#watches?.close()]);
  }

  override async destroy(): Promise<void> {
    await Promise.all([this.#requests?.destroy(), this.#watches?.destroy()]);
  }
}

function connectionsOf({ tls, proxy }: ConnectionOptions, limit: number | null): Dispatcher {
  const settings = {
    connections: limit,
    keepAliveTimeout: KEEP_ALIVE_MS,
    // Watches are quiet for minutes; requests are bounded by their own signals.
    bodyTimeout: 0,
    headersTimeout: 0,
  };
  const read = () => ({ ...tls?.(), timeout: CONNECT_TIMEOUT_MS });
  if (proxy) return new ProxyAgent({ ...settings, uri: proxy, requestTls: read() });
  let known: { text: string; connect: buildConnector.connector } | undefined;
  const connect: buildConnector.connector = (target, callback) => {
    try {
      const options = read();
      const text = JSON.stringify(options);
      // A connector resumes the TLS sessions that it has made.
      if (known?.text !== text) known = { text, connect: buildConnector(options) };
      known.connect(target, callback);
    } catch (error) {
      callback(error instanceof Error ? error : new Error('no connection'), null);
    }
  };
  return new Agent({ ...settings, connect });
}

/** An agent for one cluster. */
export function clusterAgent(options: ConnectionOptions = {}): Dispatcher {
  return new ClusterAgent(options);
}

export function bearerCredentials(token: string): Credentials {
  return {
    key: createHash('sha256').update(`bearer\0${token}`).digest('base64url').slice(0, 22),
    headers: { authorization: `Bearer ${token}` },
  };
}
