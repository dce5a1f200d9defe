import type { KubeClient } from '../client/kube-client.ts';
import { StatusError } from '../client/status-error.ts';
import type { KubeObject } from '../client/types.ts';
import { now, refs } from './refs.ts';

interface EventObject extends KubeObject {
  count: number;
}

const maxSimilar = 10;

/** Writes Events about objects: one per object, reason and message, counted up when it happens again. */
export class Recorder {
  readonly #client: KubeClient;
  readonly #component: string;
  readonly #names = new Map<string, string>();
  /** How many different messages an object and reason have had. */
  readonly #kinds = new Map<string, number>();

  constructor(client: KubeClient, component: string) {
    this.#client = client;
    this.#component = component;
  }

  /** Never throws: an event that can't be written (its namespace goes away) is not worth failing for. */
  async record(
    about: KubeObject,
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
  ): Promise<void> {
    const namespace = about.metadata.namespace ?? 'default';
    const { key, text } = this.#correlate([about.metadata.uid, reason].join('\n'), message);
    const known = this.#names.get(key);
    try {
      if (known !== undefined && (await this.#again(namespace, known, text))) return;
      const name = `${about.metadata.name}.${process.hrtime.bigint().toString(16)}`;
      if (this.#names.size > 5_000) this.#forget();
      this.#names.set(key, name);
      await this.#client.create(
        refs.events,
        this.#event(about, { namespace, name, type, reason, message: text }),
      );
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
    }
  }

  /** Messages that always differ (they name a new pod each time) become one event after the tenth, as in client-go. */
  #correlate(kind: string, message: string): { key: string; text: string } {
    const key = `${kind}\n${message}`;
    if (this.#names.has(key)) return { key, text: message };
    const count = (this.#kinds.get(kind) ?? 0) + 1;
    this.#kinds.set(kind, count);
    return count <= maxSimilar
      ? { key, text: message }
      : { key: kind, text: `(combined from similar events): ${message}` };
  }

  #forget(): void {
    this.#names.clear();
    this.#kinds.clear();
  }

  async #again(namespace: string, name: string, message: string): Promise<boolean> {
    const old = await this.#client.find<EventObject>(refs.events, { namespace, name });
    if (!old) return false;
    const body = { count: (old.count ?? 1) + 1, lastTimestamp: now(), message: message.slice(0, 1_024) };
    await this.#client.patch(refs.events, { namespace, name }, body, { type: 'merge' });
    return true;
  }

  #event(
    about: KubeObject,
    {
      namespace,
      name,
      type,
      reason,
      message,
    }: Record<'namespace' | 'name' | 'type' | 'reason' | 'message', string>,
  ): EventObject {
    const time = now();
    const { uid, resourceVersion } = about.metadata;
    return {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name, namespace },
      involvedObject: {
        kind: about.kind,
        ...(about.metadata.namespace ? { namespace } : {}),
        name: about.metadata.name,
        uid,
        apiVersion: about.apiVersion,
        resourceVersion,
      },
      reason,
      message: message.slice(0, 1_024),
      source: { component: this.#component },
      firstTimestamp: time,
      lastTimestamp: time,
      count: 1,
      type,
      eventTime: null,
      reportingComponent: this.#component,
      reportingInstance: '',
    };
  }
}
