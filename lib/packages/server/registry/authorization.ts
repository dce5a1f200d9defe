import 'server-only';
import { type Dispatcher, request } from 'undici';
import { z } from 'zod';
import type { RegistryTarget } from '../push-target';

const maxTokenBytes = 256 * 1024;
const tokenSchema = z.object({ token: z.string().optional(), access_token: z.string().optional() });

/** Answers a registry's challenges (distribution specification, token authentication). */
export class RegistryAuthorization {
  readonly #target: RegistryTarget;
  readonly #dispatcher: Dispatcher;
  /** By repository: tokens are good for one scope. */
  readonly #headers = new Map<string, string>();

  constructor(target: RegistryTarget, dispatcher: Dispatcher) {
    this.#target = target;
    this.#dispatcher = dispatcher;
  }

  header(url: URL): string | undefined {
    return this.#headers.get(repositoryOf(url));
  }

  /** Gets what a challenge asks for; `false` when there is nothing (new) to answer with. */
  async meet(challenge: string, url: URL, signal?: AbortSignal): Promise<boolean> {
    const key = repositoryOf(url);
    const before = this.#headers.get(key);
    const header = /^bearer\s/i.test(challenge) ? await this.#token(challenge, url, signal) : this.#basic();
    if (header === undefined || header === before) return false;
    this.#headers.set(key, header);
    return true;
  }

  #basic(): string | undefined {
    const { username, password } = this.#target;
    if (username === undefined || password === undefined) return undefined;
    return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  }

  async #token(challenge: string, url: URL, signal?: AbortSignal): Promise<string | undefined> {
    const fields = new Map(
      [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
    );
    const realm = URL.parse(fields.get('realm') ?? '', url);
    // The password goes to whom the registry names, so not in the clear unless the registry itself is spoken to so.
    if (!realm || (realm.protocol !== 'https:' && realm.protocol !== url.protocol)) return undefined;
    for (const name of ['service', 'scope']) {
      const value = fields.get(name);
      if (value !== undefined) realm.searchParams.set(name, value);
    }
    const basic = this.#basic();
    const response = await request(realm, {
      dispatcher: this.#dispatcher,
      signal: signal ?? null,
      headers: basic ? { authorization: basic } : {},
    });
    if (response.statusCode !== 200) {
      await response.body.dump();
      return undefined;
    }
    const text = await response.body.text();
    if (text.length > maxTokenBytes) return undefined;
    const parsed = tokenSchema.safeParse(JSON.parse(text));
    const token = parsed.data?.token ?? parsed.data?.access_token;
    return token ? `Bearer ${token}` : undefined;
  }
}

function repositoryOf({ pathname }: URL): string {
  return /^\/v2\/(.+)\/(?:blobs|manifests|tags)\//.exec(pathname)?.[1] ?? '';
}
