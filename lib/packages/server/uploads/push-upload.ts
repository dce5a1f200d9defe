import 'server-only';
import type { KubeClient } from '@/lib/kube/client';
import { may } from '@/lib/kube/may';
import { ProblemError } from '@/lib/kube/problem';
import { modulePlugins } from '@/lib/plugins/refs';
import type { PackageSummary, PushEvent } from '../../contract';
import { artifactVersions, charts, uploadNamespace } from '../../refs';
import type { PushInput } from '../../upload-contract';
import { inspectPackage } from '../inspect-package';
import { platformRegistry } from '../platform/platform-registry';
import { globalCluster, pushPackage } from '../push-package';
import { refusal } from './package-refusal';
import { type StoredUpload, uploads } from './uploads';

/** Who pushes, and where they may. */
export interface Pusher {
  owner: string;
  clusters: { open: readonly { kube: KubeClient }[]; global: { kube: KubeClient } };
  signal: AbortSignal;
}

/**
 * Pushes an uploaded package with the user's own rights and tells what happens meanwhile. When it is on the platform
 * the upload is removed; when the push stops, or its reader goes away, it stays to be pushed again.
 * @throws ProblemError before anything is pushed: `forbidden` naming the missing permission, `not-found` for an unknown
 * cluster, `conflict` for a package that nobody has verified and nobody has accepted as it is
 */
export async function pushUpload(
  pusher: Pusher,
  id: string,
  input: PushInput,
): Promise<AsyncGenerator<PushEvent>> {
  const known = uploads();
  const upload = await known.takeWhole(id, pusher.owner);
  try {
    checkVerified(upload, input);
    const inspected = await inspectPackage(await known.named(upload), { signal: pusher.signal });
    const targets = targetsOf(pusher, inspected.summary, input);
    await Promise.all(targets.map((kube) => requireRight(kube, inspected.summary)));
    const registry = await platformRegistry(pusher.clusters.global.kube);
    return events(upload, pusher.signal, (onEvent, signal) =>
      pushPackage(inspected, {
        registry,
        // The platform's word for it; a kubeconfig may call the cluster otherwise.
        kube: (name) => (name === globalCluster ? pusher.clusters.global.kube : clientOf(pusher, name)),
        clusters: targets.map(({ cluster }) => cluster),
        onEvent,
        signal,
      }),
    );
  } catch (error) {
    upload.busy = false;
    throw refusal(error, upload, known);
  }
}

/** Events as they come, one by one: the reader sets the pace of the answer, not of the push. */
async function* events(
  upload: StoredUpload,
  gone: AbortSignal,
  push: (onEvent: (event: PushEvent) => void, signal: AbortSignal) => Promise<unknown>,
): AsyncGenerator<PushEvent> {
  const known = uploads();
  const stop = new AbortController();
  const queue: PushEvent[] = [];
  let wake = () => {};
  let ended = false;
  const pushing = push(
    (event) => {
      queue.push(event);
      wake();
    },
    AbortSignal.any([gone, stop.signal]),
  ).finally(() => {
    ended = true;
    wake();
  });
  pushing.catch(() => undefined);
  try {
    for (;;) {
      for (const event of queue.splice(0)) yield event;
      if (ended && queue.length === 0) break;
      if (queue.length === 0) await new Promise<void>((resolve) => (wake = resolve));
    }
    await pushing;
    await known.remove(upload.id);
  } catch (error) {
    throw refusal(error, upload, known);
  } finally {
    stop.abort();
    await pushing.catch(() => undefined);
    upload.busy = false;
  }
}

function checkVerified({ verification, fileName }: StoredUpload, { acceptUnverified }: PushInput): void {
  if (!verification)
    throw new ProblemError('conflict', `${fileName} has not been read yet. Ask what is in it first.`);
  if (verification.outcome === 'none' && !acceptUnverified) {
    throw new ProblemError(
      'conflict',
      `${fileName} came without signature and checksum. Give its checksum, or say that it is to be pushed unverified.`,
    );
  }
}

/** Operators go where they are wanted; plugins and charts are on the global cluster, whatever was asked. */
function targetsOf(pusher: Pusher, { type }: PackageSummary, { clusters }: PushInput): KubeClient[] {
  if (type !== 'bundle') return [pusher.clusters.global.kube];
  return [...new Set(clusters)].map((name) => clientOf(pusher, name));
}

function clientOf({ clusters }: Pusher, name: string): KubeClient {
  const found = clusters.open.find(({ kube }) => kube.cluster === name);
  if (found) return found.kube;
  throw new ProblemError('not-found', `There is no cluster "${name}", or you have no rights on it.`, {
    cluster: name,
  });
}

const rights = {
  bundle: { ref: artifactVersions, namespace: uploadNamespace },
  plugin: { ref: modulePlugins, namespace: undefined },
  chart: { ref: charts, namespace: uploadNamespace },
};

/** Images must not be pushed for who may not make the object that they are for. */
async function requireRight(kube: KubeClient, { type, name }: PackageSummary): Promise<void> {
  const { ref, namespace } = rights[type];
  const { group, resource } = ref;
  const { allowed } = await may(kube, { verb: 'create', group, resource, namespace });
  if (allowed) return;
  const where = namespace ? ` in namespace "${namespace}"` : '';
  throw new ProblemError(
    'forbidden',
    `Nothing was pushed: for ${name} you lack the permission to create ${resource}.${group}${where} on cluster "${kube.cluster}".`,
    {
      cluster: kube.cluster,
      verb: 'create',
      resource: `${resource}.${group}`,
      ...(namespace ? { namespace } : {}),
    },
  );
}
