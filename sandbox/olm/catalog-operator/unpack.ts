import { createHash } from 'node:crypto';
import { hasReason } from '../../client/status-error.ts';
import type { KubeObject, ObjectKey } from '../../client/types.ts';
import type { CatalogSource, Condition } from '../api.ts';
import type { OlmContext } from '../context.ts';
import { refs } from '../refs.ts';
import { type Job, jobTimeToLiveSeconds, unpackJob, unpackObjects } from './unpack-objects.ts';
import { unpackedObjects } from './unpacked-files.ts';

export type Unpacked =
  | { state: 'pending' }
  | { state: 'done'; manifests: KubeObject[]; configMap: { name: string; namespace: string } }
  | { state: 'failed'; reason: string; message: string };

const retryHint =
  'Auto-retry in ~5 min after job cleanup (TTL). Common causes: Missing ICSP (ppc64le/s390x/arm64), auth failure, ' +
  'invalid image. Manual retry: in the CatalogSource namespace, run ' +
  '`kubectl get jobs -l operatorframework.io/bundle-unpack-ref` and delete the specific failing job.';

/** The name that OLM derives from a bundle image for its ConfigMap, Job and ServiceAccount. */
export function unpackName(image: string): string {
  return createHash('sha256').update(image).digest('hex').slice(0, 63);
}

/**
 * Brings a bundle image nearer to being unpacked and tells how far it is: a ConfigMap in the catalog's namespace that
 * a Job fills. `timeoutSeconds` is the Job's deadline. Call again until it is no longer pending.
 */
export async function unpackBundle(
  olm: OlmContext,
  image: string,
  source: CatalogSource,
  timeoutSeconds: number,
): Promise<Unpacked> {
  const { client } = olm.cluster;
  const key = { namespace: source.metadata.namespace ?? '', name: unpackName(image) };
  const configMap = await client.find(refs.configMaps, key);
  if (configMap && hasContent(configMap)) {
    if (!(await jobComplete(olm, key))) return { state: 'pending' };
    return { state: 'done', manifests: contentOf(configMap), configMap: key };
  }
  const owner = configMap ?? (await createAll(olm, key, source));
  const job = await ensureJob(olm, key, image, owner, timeoutSeconds);
  const failed = job.status?.conditions?.find(({ type, status }) => type === 'Failed' && status === 'True');
  if (failed && (await cleanedUp(olm, key, failed))) return { state: 'pending' };
  if (failed) {
    const cause = `${failed.reason}: ${failed.message?.replace(/\.?$/, '.')}`;
    return {
      state: 'failed',
      reason: failed.reason ?? '',
      message: `Bundle unpacking failed - ${cause} ${retryHint}`,
    };
  }
  return { state: 'pending' };
}

/** Removes a failed Job whose time to live is over, so that the next look makes a new one. */
async function cleanedUp(
  olm: OlmContext,
  key: ObjectKey,
  { lastTransitionTime }: Condition,
): Promise<boolean> {
  const { client, clock } = olm.cluster;
  const since = (Date.now() - Date.parse(lastTransitionTime ?? '')) * clock.speed;
  if (!(since > jobTimeToLiveSeconds * 1_000)) return false;
  await client.delete(refs.jobs, key, { propagationPolicy: 'Background' });
  return true;
}

/** Whether the Job has said that it is complete; before that a filled ConfigMap may be half written. */
async function jobComplete(olm: OlmContext, key: ObjectKey): Promise<boolean> {
  const job = await olm.cluster.client.find<Job>(refs.jobs, key);
  // Finished Jobs go after their time to live; the ConfigMap stays.
  if (!job) return true;
  return (
    job.status?.conditions?.some(({ type, status }) => type === 'Complete' && status === 'True') ?? false
  );
}

/** The manifests in an unpack ConfigMap, which a step of an InstallPlan refers to. Throws when it is gone. */
export async function manifestsIn(olm: OlmContext, key: ObjectKey): Promise<KubeObject[]> {
  const configMap = await olm.cluster.client.get(refs.configMaps, key);
  return contentOf(configMap);
}

function hasContent(configMap: KubeObject): boolean {
  return Object.keys((configMap.binaryData as object | undefined) ?? {}).length > 0;
}

function contentOf(configMap: KubeObject): KubeObject[] {
  return unpackedObjects((configMap.binaryData as Record<string, string> | undefined) ?? {});
}

async function createAll(olm: OlmContext, key: ObjectKey, source: CatalogSource): Promise<KubeObject> {
  const { client } = olm.cluster;
  const [configMap, ...rest] = unpackObjects(key, source);
  const owner = await client.create(refs.configMaps, configMap);
  const ownerReferences = [
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      name: key.name,
      uid: owner.metadata.uid ?? '',
      controller: false,
      blockOwnerDeletion: false,
    },
  ];
  for (const { ref, object } of rest) {
    try {
      await client.create(ref, { ...object, metadata: { ...object.metadata, ownerReferences } });
    } catch (error) {
      if (!hasReason(error, 'AlreadyExists')) throw error;
    }
  }
  return owner;
}

async function ensureJob(
  olm: OlmContext,
  key: ObjectKey,
  image: string,
  owner: KubeObject,
  timeoutSeconds: number,
): Promise<Job> {
  const { client } = olm.cluster;
  const known = await client.find<Job>(refs.jobs, key);
  if (known) return known;
  return client.create<Job>(refs.jobs, unpackJob(key, image, owner, timeoutSeconds));
}
