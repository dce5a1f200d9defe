import { z } from 'zod';
import { readDecoded } from '../apiserver/body.ts';
import { respond, respondError } from '../apiserver/negotiate.ts';
import { badRequest } from '../apiserver/status.ts';
import type { ClusterRuntime } from '../cluster-runtime.ts';
import { pause } from '../pause.ts';
import { ConnectionDropped, type Handler } from '../server/listen.ts';
import { type Fault, type FaultsBody, faultsSchema } from './fault-schema.ts';

interface RunningWatch {
  path: string;
  cut(): void;
}

/**
 * Faults on demand: what a network, a proxy, an etcd or a registry does to clients now and then. They act on requests
 * and on what nodes find outside the cluster, never on objects.
 */
export class Faults {
  readonly #clusters: ReadonlyMap<string, ClusterRuntime>;
  readonly #watches = new Set<RunningWatch>();
  #standing: { fault: Fault; left: number }[] = [];

  constructor(clusters: ReadonlyMap<string, ClusterRuntime>) {
    this.#clusters = clusters;
  }

  /** Puts the faults before a handler. */
  around(handle: Handler): Handler {
    return async (request) => {
      const path = new URL(request.url).pathname;
      if (path === '/sandbox/faults') return this.#administer(request);
      const fault = this.#take(request.method, path);
      if (fault?.delayMs) await pause(fault.delayMs, request.signal);
      if (fault?.drop) throw new ConnectionDropped();
      if (fault?.status) return refuse(fault.status);
      const response = await handle(request);
      return isWatch(request) ? this.#follow(path, response, fault?.cutAfterMs) : response;
    };
  }

  #take(method: string, path: string): Fault | undefined {
    const hit = this.#standing.find(
      ({ fault, left }) =>
        left > 0 && matches(fault.path, path) && (fault.methods?.includes(method as never) ?? true),
    );
    if (hit) hit.left--;
    return hit?.fault;
  }

  async #administer(request: Request): Promise<Response> {
    if (request.method === 'GET') return respond({ faults: this.#standing.map(({ fault }) => fault) });
    if (request.method === 'DELETE') {
      this.#standing = [];
      return respond({ faults: [] });
    }
    try {
      const parsed = faultsSchema.safeParse(await readDecoded(request, 'Faults'));
      if (!parsed.success) throw badRequest(z.prettifyError(parsed.error));
      this.#apply(parsed.data);
      return respond({ faults: this.#standing.map(({ fault }) => fault) });
    } catch (error) {
      return respondError(error);
    }
  }

  #apply(body: FaultsBody): void {
    if (body.reset) this.#standing = [];
    for (const fault of body.faults ?? [])
      this.#standing.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY });
    for (const name of body.compact ?? []) this.#clusters.get(name)?.server.compact();
    for (const { nodes } of this.#clusters.values()) {
      for (const image of body.images?.refuse ?? []) nodes.refuseImage(image);
      for (const image of body.images?.allow ?? []) nodes.allowImage(image);
      for (const image of body.images?.keepUnready ?? []) nodes.keepUnready(image);
      for (const image of body.images?.allowReady ?? []) nodes.allowReady(image);
    }
    if (body.restart) for (const { server } of this.#clusters.values()) server.compact();
    const pattern = body.restart ? '*' : body.cutWatches;
    if (pattern) for (const watch of [...this.#watches]) if (matches(pattern, watch.path)) watch.cut();
  }

  /** Keeps hold of a watch, so that it can be cut. */
  #follow(path: string, response: Response, cutAfterMs: number | undefined): Response {
    if (!response.body) return response;
    const reader = response.body.getReader();
    let timer: NodeJS.Timeout | undefined;
    const watch: RunningWatch = { path, cut: () => undefined };
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        watch.cut = () => {
          this.#watches.delete(watch);
          clearTimeout(timer);
          void reader.cancel().catch(() => undefined);
          controller.error(new ConnectionDropped());
        };
        this.#watches.add(watch);
        if (cutAfterMs !== undefined) timer = setTimeout(() => watch.cut(), cutAfterMs);
      },
      pull: async (controller) => {
        const { value, done } = await reader.read();
        if (!this.#watches.has(watch)) return;
        if (!done) return controller.enqueue(value);
        this.#watches.delete(watch);
        clearTimeout(timer);
        controller.close();
      },
      cancel: () => {
        this.#watches.delete(watch);
        clearTimeout(timer);
        return reader.cancel();
      },
    });
    return new Response(body, { status: response.status, headers: response.headers });
  }
}

function isWatch(request: Request): boolean {
  const watch = new URL(request.url).searchParams.get('watch');
  return watch !== null && watch !== 'false' && watch !== '0';
}

function refuse({ code, reason, message, ...rest }: NonNullable<Fault['status']>): Response {
  const status = {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message: message ?? 'a fault that was asked for',
    ...(reason ? { reason } : {}),
    ...rest,
    code,
  };
  return respond(status, { status: code });
}

/** Whether a path fits a pattern in which `*` stands for anything. Linear: the parts between stars are found in turn. */
export function matches(pattern: string, path: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return pattern === path;
  if (!path.startsWith(first)) return false;
  const last = rest.pop() ?? '';
  let position = first.length;
  for (const part of rest) {
    const found = path.indexOf(part, position);
    if (found < 0) return false;
    position = found + part.length;
  }
  return path.length - last.length >= position && path.endsWith(last);
}
