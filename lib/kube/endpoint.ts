import 'server-only';
import { createHash } from 'node:crypto';
import { Agent, type Dispatcher } from 'undici';

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
  headers: Record<string, string>;
  /** In place of the endpoint's, for credentials that live in the connection (client certificates). */
  dispatcher?: Dispatcher;
}

const CONNECT_TIMEOUT_MS = 10_000;
const KEEP_ALIVE_MS = 30_000;

/** An agent for one cluster. `tls` are Node.js' TLS options: `ca`, `cert`, `key`, `servername`, `rejectUnauthorized`. */
export function clusterAgent(tls: Record<string, unknown> = {}): Agent {
  return new Agent({
    connections: 64,
    keepAliveTimeout: KEEP_ALIVE_MS,
    // Watches are quiet for minutes; requests are bounded by their own signals.
    bodyTimeout: 0,
    headersTimeout: 0,
    connect: { ...tls, timeout: CONNECT_TIMEOUT_MS },
  });
}

export function bearerCredentials(token: string): Credentials {
  return {
    key: createHash('sha256').update(`bearer\0${token}`).digest('base64url').slice(0, 22),
    headers: { authorization: `Bearer ${token}` },
  };
}
