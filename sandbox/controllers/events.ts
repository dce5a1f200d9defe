import type { KubeClient } from '../client/kube-client.ts';
import { StatusError } from '../client/status-error.ts';
import type { KubeObject } from '../client/types.ts';
import { now, refs } from './refs.ts';

interface EventObject extends KubeObject {
  count: number;
}

/** Writes Events about objects: one per object, reason and message, counted up when it happens again. */
export class Recorder {
  readonly #client: KubeClient;
  readonly #component: string;
  readonly #names = new Map<string, string>();

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
    const key = [about.metadata.uid, reason, message].join('\n');
    const known = this.#names.get(key);
    try {
      if (known !== undefined && (await this.#again(namespace, known))) return;
      const name = `${about.metadata.name}.${process.hrtime.bigint().toString(16)}`;
      if (this.#names.size > 5_000) this.#names.clear();
      this.#names.set(key, name);
      await this.#client.create(refs.events, this.#event(about, { namespace, name, type, reason, message }));
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
    }
  }

  async #again(namespace: string, name: string): Promise<boolean> {
    const old = await this.#client.find<EventObject>(refs.events, { namespace, name });
    if (!old) return false;
    const body = { count: (old.count ?? 1) + 1, lastTimestamp: now() };
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
