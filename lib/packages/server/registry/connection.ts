import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, type Dispatcher, request } from 'undici';
import { PackageError } from '../../contract';
import type { RegistryTarget } from '../push-target';
import { RegistryAuthorization } from './authorization';
import type { PushListener } from './image-store';
import { causeOf, isRetryable, refusalOf, retryAfter } from './refusals';

export interface Call {
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** A path below the registry, or an address that it named. */
  url: string | URL;
  headers?: Record<string, string>;
  body?: Uint8Array | undefined;
  /** Statuses that are answers; every other one is an error. */
  expect: readonly number[];
  /** For messages: what was being done. */
  doing: string;
  /** Off where the caller knows better how to go on. */
  retry?: boolean;
}

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
}

/** Waits between attempts, in seconds; their number is that of attempts after the first one. */
const waits = [0.5, 1, 2, 4, 8];
const connectTimeoutMs = 10_000;
const answerTimeoutMs = 120_000;

/** Speaks HTTP to one registry: scheme, credentials, repetition. */
export class RegistryConnection {
  readonly address: string;
  readonly #target: RegistryTarget;
  readonly #agent: Agent;
  readonly #authorization: RegistryAuthorization;
  readonly #signal: AbortSignal | undefined;
  readonly listener: PushListener;
  #base: Promise<string> | undefined;

  constructor(target: RegistryTarget, listener: PushListener = {}, signal?: AbortSignal) {
    this.address = target.address;
    this.#target = target;
    this.#signal = signal;
    this.listener = listener;
    this.#agent = new Agent({
      connections: 8,
      headersTimeout: answerTimeoutMs,
      bodyTimeout: answerTimeoutMs,
      connect: { timeout: connectTimeoutMs, ...(target.ca ? { ca: target.ca } : {}) },
    });
    this.#authorization = new RegistryAuthorization(target, this.#agent);
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  /** Sends one request until it is answered as expected. @throws PackageError that says why it was not */
  async send(call: Call): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#sendOnce(call);
      } catch (error) {
        if (call.retry === false || !(await this.backOff(error, attempt))) throw this.#explained(error, call);
      }
    }
  }

  /** Waits before the next attempt; `false` when another one makes no sense. */
  async backOff(error: unknown, attempt: number): Promise<boolean> {
    const seconds = Math.max(waits[attempt - 1] ?? 0, retryAfter(error));
    if (this.#signal?.aborted || attempt > waits.length || !isRetryable(error) || seconds > 60) return false;
    this.listener.onRetry?.({ reason: causeOf(error), attempt, seconds });
    await sleep(seconds * 1000, undefined, this.#signal ? { signal: this.#signal } : {});
    return true;
  }

  async #sendOnce(call: Call): Promise<Answer> {
    const base = await this.#reach();
    const url = new URL(call.url, base);
    const first = await this.#request(call, url, base);
    const challenge = first.statusCode === 401 ? first.headers['www-authenticate'] : undefined;
    if (challenge === undefined) return answered(first, call);
    await first.body.dump();
    const allowed = await this.#authorization.meet(String(challenge), url, this.#signal);
    if (!allowed) throw await refusalOf({ ...first, body: undefined }, call.doing);
    return answered(await this.#request(call, url, base), call);
  }

  async #request(call: Call, url: URL, base: string): Promise<Dispatcher.ResponseData> {
    // What a registry names on another host gets no credentials.
    const authorization = url.origin === base ? this.#authorization.header(url) : undefined;
    return request(url, {
      method: call.method,
      dispatcher: this.#agent,
      signal: this.#signal ?? null,
      headers: {
        'user-agent': 'violet',
        ...(call.body ? { 'content-length': String(call.body.length) } : {}),
        ...call.headers,
        ...(authorization ? { authorization } : {}),
      },
      body: call.body ?? null,
    });
  }

  /** The origin at which the registry answers; found out once. */
  #reach(): Promise<string> {
    this.#base ??= this.#findBase();
    this.#base.catch(() => {
      this.#base = undefined;
    });
    return this.#base;
  }

  async #findBase(): Promise<string> {
    const { plain, address } = this.#target;
    if (plain) return `http://${address}`;
    const https = `https://${address}`;
    if (!/^(localhost|127\.\d+\.\d+\.\d+)(:\d+)?$/.test(address)) return https;
    // As Docker does: a registry on this machine may do without a certificate.
    try {
      const { body } = await request(`${https}/v2/`, {
        dispatcher: this.#agent,
        signal: this.#signal ?? null,
      });
      await body.dump();
      return https;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      if (/SSL|EPROTO|ECONNRESET|UND_ERR_SOCKET/.test(code)) return `http://${address}`;
      throw error;
    }
  }

  #explained(error: unknown, call: Call): unknown {
    this.#signal?.throwIfAborted();
    if (error instanceof PackageError || !(error instanceof Error)) return error;
    return new PackageError(
      'RegistryUnreachable',
      `Registry ${this.address} did not answer (${call.doing}): ${causeOf(error)}. ` +
        'Push again when it does: what it has is not sent again.',
      { cause: error },
    );
  }
}

async function answered(response: Dispatcher.ResponseData, call: Call): Promise<Answer> {
  if (!call.expect.includes(response.statusCode)) throw await refusalOf(response, call.doing);
  await response.body.dump();
  return { status: response.statusCode, headers: response.headers };
}
