import 'server-only';
import type { Context } from '@/lib/kube/context';
import { KubeError } from '@/lib/kube/errors';
import type { Unread } from '../contract';
import type { InstallationDiagnosis } from '../diagnosis-contract';
import type { Diagnosis } from '../rules/diagnosis/cause';
import { maskSecrets } from '../rules/diagnosis/mask-secrets';
import { pods } from './refs';

const MAX_LINES = 200;
const MAX_BYTES = 64 * 1024;

/** Only a container that has run has written a log. */
const telling = ['crash', 'outOfMemory', 'probe', 'notReady'];

/** The end of the log of the container that keeps an installation; of its last run where it has ended. */
export async function readTellingLog(
  context: Context,
  { cause, says }: Diagnosis,
  partial: Unread,
): Promise<InstallationDiagnosis['log']> {
  if (cause.id !== 'deploymentUnavailable' || !telling.includes(cause.why)) return undefined;
  const { pod, container } = cause;
  if (!pod || !container) return undefined;
  const text = await readPodLog(context, { namespace: says.namespace, pod, container }, partial);
  return text === undefined ? undefined : { pod, container, text };
}

/**
 * The last lines that a container wrote, at most 64 KiB, without what looks like a secret; of its run before the present
 * one where there was one. `undefined` when there are none or the user may not read them.
 */
export async function readPodLog(
  { kube }: Context,
  { namespace, pod, container }: { namespace: string; pod: string; container: string },
  partial: Unread,
): Promise<string | undefined> {
  const read = async (previous: boolean) => {
    const query = {
      container,
      tailLines: String(MAX_LINES),
      limitBytes: String(MAX_BYTES),
      ...(previous ? { previous: 'true' } : {}),
    };
    const { body } = await kube.bytes(pods, pod, 'log', { namespace, query, maxBytes: 2 * MAX_BYTES });
    return body.toString('utf8');
  };
  try {
    // A container that has not ended yet has no log before this one: 400.
    const text = await read(true).catch((error) => {
      if (error instanceof KubeError && error.status === 400) return read(false);
      throw error;
    });
    return maskSecrets(text.slice(-MAX_BYTES)) || undefined;
  } catch (error) {
    if (!(error instanceof KubeError)) throw error;
    if (error.status === 403) partial.push({ resource: 'pods/log', reason: error.message });
    return undefined;
  }
}
