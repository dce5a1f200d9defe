import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import type { KubeClient } from '../client/kube-client.ts';
import { hasReason } from '../client/status-error.ts';
import type { KubeObject } from '../client/types.ts';
import type { Condition } from './api.ts';
import { refs } from './refs.ts';

const folder = fileURLToPath(new URL('./crds/', import.meta.url));

/** Creates OLM's CRDs and waits until they are served. */
export async function installCrds(client: KubeClient, signal: AbortSignal): Promise<void> {
  for (const file of (await readdir(folder)).sort()) {
    const crd = parse(await readFile(`${folder}${file}`, 'utf8')) as KubeObject;
    await createIfAbsent(client, refs.crds, crd);
    await established(client, crd.metadata.name ?? '', signal);
  }
}

async function established(client: KubeClient, name: string, signal: AbortSignal): Promise<void> {
  const isEstablished = (crd: KubeObject | undefined) =>
    ((crd?.status as { conditions?: Condition[] } | undefined)?.conditions ?? []).some(
      ({ type, status }) => type === 'Established' && status === 'True',
    );
  if (isEstablished(await client.find(refs.crds, { name }))) return;
  const stop = AbortSignal.any([signal, AbortSignal.timeout(30_000)]);
  for await (const { object } of client.watch(refs.crds, {
    fieldSelector: `metadata.name=${name}`,
    signal: stop,
  })) {
    if (isEstablished(object)) return;
  }
  if (!signal.aborted) throw new Error(`CRD ${name} was not established within 30 seconds`);
}

export async function createIfAbsent<T extends KubeObject>(
  client: KubeClient,
  ref: { group: string; version: string; resource: string },
  object: T,
): Promise<void> {
  try {
    await client.create(ref, object);
  } catch (error) {
    if (!hasReason(error, 'AlreadyExists')) throw error;
  }
}
