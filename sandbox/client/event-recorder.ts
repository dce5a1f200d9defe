import type { KubeClient } from './kube-client.ts';
import { StatusError } from './status-error.ts';
import type { KubeObject, ResourceRef } from './types.ts';

const events: ResourceRef = { group: '', version: 'v1', resource: 'events' };

/** How many different Events are remembered as already told. */
const maxRemembered = 5_000;
const maxSimilar = 10;

interface Event extends KubeObject {
  count?: number;
}

export type EventType = 'Normal' | 'Warning';

/**
 * Writes Events as client-go's recorder does: one object per object, reason and message, counted up when it happens
 * again.
 */
export class EventRecorder {
  readonly #client: KubeClient;
  readonly #component: string;
  readonly #action: string | undefined;
  readonly #names = new Map<string, string>();
  /** How many different messages an object and reason have had. */
  readonly #kinds = new Map<string, number>();

  /**
   * @param action what the component does; one that names it records in the way of `events.k8s.io`, without count and
   * with the time of the event alone, as the scheduler does
   */
  constructor(client: KubeClient, component: string, action?: string) {
    this.#client = client;
    this.#component = component;
    this.#action = action;
  }

  /** Never throws for what a server refuses: in a namespace that is going away there is nobody left to read it. */
  async record(about: KubeObject, type: EventType, reason: string, message: string): Promise<void> {
    const namespace = about.metadata.namespace ?? 'default';
    const { key, text } = this.#correlate([about.metadata.uid, reason].join('\n'), message);
    const known = this.#names.get(key);
    try {
      if (known !== undefined && (await this.#again(namespace, known, text))) return;
      const nanoseconds = BigInt(Date.now()) * 1_000_000n + (process.hrtime.bigint() % 1_000_000n);
      const name = `${about.metadata.name}.${nanoseconds.toString(16)}`;
      if (this.#names.size > maxRemembered) this.#forget();
      this.#names.set(key, name);
      const told = { type, reason, message: text.slice(0, 1_024), ...this.#origin() };
      await this.#client.create<Event>(events, {
        apiVersion: 'v1',
        kind: 'Event',
        metadata: { name, namespace },
        involvedObject: referenceTo(about, namespace),
        ...told,
      });
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

  /** Who tells it and when. */
  #origin() {
    const component = this.#component;
    const time = new Date().toISOString();
    if (this.#action !== undefined) {
      return {
        action: this.#action,
        eventTime: time.replace('Z', '000Z'),
        source: {},
        reportingComponent: component,
        reportingInstance: `${component}-0`,
      };
    }
    const seconds = `${time.slice(0, 19)}Z`;
    return {
      count: 1,
      firstTimestamp: seconds,
      lastTimestamp: seconds,
      source: { component },
      reportingComponent: component,
      reportingInstance: '',
    };
  }

  async #again(namespace: string, name: string, message: string): Promise<boolean> {
    const old = await this.#client.find<Event>(events, { namespace, name });
    if (!old) return false;
    const lastTimestamp = `${new Date().toISOString().slice(0, 19)}Z`;
    const body = { count: (old.count ?? 1) + 1, lastTimestamp, message: message.slice(0, 1_024) };
    await this.#client.patch(events, { namespace, name }, body, { type: 'merge' });
    return true;
  }
}

function referenceTo({ apiVersion, kind, metadata }: KubeObject, namespace: string) {
  return {
    kind,
    ...(metadata.namespace ? { namespace } : {}),
    name: metadata.name,
    uid: metadata.uid,
    apiVersion,
    resourceVersion: metadata.resourceVersion,
  };
}
