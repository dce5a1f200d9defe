import type { KubeClient } from '../client/kube-client.ts';
import { hasReason } from '../client/status-error.ts';
import type { KubeObject } from '../client/types.ts';
import { refs } from './refs.ts';
import { now } from './text.ts';

interface Event extends KubeObject {
  count: number;
  lastTimestamp: string;
}

/** Writes Events as client-go's recorder does: one object per (object, reason, message), counted up when it recurs. */
export class EventRecorder {
  readonly #client: KubeClient;
  readonly #names = new Map<string, string>();

  constructor(client: KubeClient) {
    this.#client = client;
  }

  async record(
    about: KubeObject,
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
  ): Promise<void> {
    const namespace = about.metadata.namespace ?? 'default';
    const key = [about.metadata.uid, reason, message].join('\n');
    const known = this.#names.get(key);
    try {
      if (known !== undefined && (await this.#count(namespace, known))) return;
      const nanoseconds = BigInt(Date.now()) * 1_000_000n + (process.hrtime.bigint() % 1_000_000n);
      const name = `${about.metadata.name}.${nanoseconds.toString(16)}`;
      this.#names.set(key, name);
      if (this.#names.size > 5_000) this.#names.clear();
      await this.#client.create(refs.events, event(about, namespace, name, type, reason, message));
    } catch (error) {
      // An event is a courtesy: in a namespace that is going away there is nobody left to read it.
      if (!hasReason(error, 'Forbidden') && !hasReason(error, 'NotFound')) throw error;
    }
  }

  async #count(namespace: string, name: string): Promise<boolean> {
    const old = await this.#client.find<Event>(refs.events, { namespace, name });
    if (!old) return false;
    const body = { count: old.count + 1, lastTimestamp: now() };
    await this.#client.patch(refs.events, { namespace, name }, body, { type: 'merge' });
    return true;
  }
}

function event(
  about: KubeObject,
  namespace: string,
  name: string,
  type: string,
  reason: string,
  message: string,
): Event {
  const time = now();
  const component = 'operator-lifecycle-manager';
  const { uid, resourceVersion } = about.metadata;
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name, namespace },
    involvedObject: {
      kind: about.kind,
      namespace: about.metadata.namespace,
      name: about.metadata.name,
      uid,
      apiVersion: about.apiVersion,
      resourceVersion,
    },
    reason,
    message: message.slice(0, 1024),
    source: { component },
    firstTimestamp: time,
    lastTimestamp: time,
    count: 1,
    type,
    eventTime: null,
    reportingComponent: component,
    reportingInstance: '',
  };
}
