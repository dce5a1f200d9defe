import 'server-only';
import { randomBytes } from 'node:crypto';
import { log } from '@/lib/http/log';
import { KubeClient } from '@/lib/kube/client';
import type { SentWrite } from '@/lib/kube/client-options';
import { shared } from '@/lib/kube/shared';
import type { KubeObject } from '@/lib/kube/types';
import { type DescribedWrite, describeWrite } from '../rules/describe-write';
import { events, ownLabel, recordAnnotation } from './events';

const TIMEOUT_MS = 10_000;
/** A cluster that takes no Events must not fill the memory with those that wait. */
const MAX_WAITING = 500;

/**
 * What a client tells its writes to: one structured line of the log, and one Event on the object, written with the
 * user's own rights. Nobody waits for either; where the user may not write Events, the line stands alone.
 * @param cluster the one that the request is about, which for plugins is not the one that is written to
 */
export function recordWrites(user: string, cluster: string): (write: SentWrite, kube: KubeClient) => void {
  return ({ place, ref, body, before, after, error }, kube) => {
    const time = new Date(kube.now()).toISOString();
    const described = describeWrite(
      { ...place, body, before, after, error: error instanceof Error ? error.message : undefined },
      { user, cluster, time },
    );
    const { record, object, message } = described;
    const { verb, resource } = place;
    log().info({ write: { ...record, verb, resource, group: ref.group, on: kube.cluster, object } }, message);
    const waiting = shared('waiting-events', () => ({ count: 0 }));
    if (waiting.count >= MAX_WAITING || !object.name) return;
    waiting.count++;
    void writeEvent(kube, described).finally(() => waiting.count--);
  };
}

async function writeEvent(kube: KubeClient, { record, object, message }: DescribedWrite): Promise<void> {
  const namespace = object.namespace ?? 'default';
  const own = new KubeClient(kube.endpoint, kube.credentials, AbortSignal.timeout(TIMEOUT_MS));
  try {
    await own.create<KubeObject>(
      events,
      {
        apiVersion: 'v1',
        kind: 'Event',
        metadata: {
          name: `${object.name.slice(0, 200)}.${randomBytes(8).toString('hex')}`,
          namespace,
          labels: { [ownLabel.key]: ownLabel.value },
          annotations: { [recordAnnotation]: JSON.stringify(record) },
        },
        involvedObject: object,
        reason: record.error ? 'Refused' : record.action,
        message,
        type: record.error ? 'Warning' : 'Normal',
        source: { component: 'marketplace-console' },
        reportingComponent: 'marketplace-console',
        reportingInstance: 'marketplace-console',
        firstTimestamp: seconds(record.time),
        lastTimestamp: seconds(record.time),
        count: 1,
      },
      { namespace },
    );
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown';
    log().debug({ object, reason }, 'an Event was not written');
  }
}

/** Kubernetes' times have no fractions of a second. */
function seconds(time: string): string {
  return time.replace(/\.\d+Z$/, 'Z');
}
