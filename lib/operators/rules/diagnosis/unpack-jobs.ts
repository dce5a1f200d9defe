import type { ApiObject } from '../objects';
import { field, list, text } from '../untrusted';
import { anyConditionOf, type Scene } from './facts';

const REF = 'operatorframework.io/bundle-unpack-ref';

/** The bundle image that a Job of OLM's unpacks: that of its init container `pull`. */
export function imageOf(job: ApiObject): string | undefined {
  const pod = field(field(job.spec, 'template'), 'spec');
  const pull = list(field(pod, 'initContainers'), (it) => it).find((it) => field(it, 'name') === 'pull');
  return text(field(pull, 'image'), 1000) || undefined;
}

/** Whether a Job has not ended yet. */
export function isActive(job: ApiObject): boolean {
  return !isFailed(job) && anyConditionOf(job, 'Complete')?.status !== 'True';
}

export function isFailed(job: ApiObject): boolean {
  return anyConditionOf(job, 'Failed')?.status === 'True';
}

/**
 * The newest Job in this state for which the Subscription waits. Nothing ties them before there is a plan: a Job knows
 * neither the Subscription nor the catalog, and its name is a hash of the image, which no PackageManifest tells. So it is
 * one whose image names the package, else one that names the package of a neighbour, as OLM unpacks for a namespace as a
 * whole, else the only one that was made since. That may be a stranger's, unless a Job of the package is known.
 */
export function jobOf(scene: Scene, isWanted: (job: ApiObject) => boolean): ApiObject | undefined {
  const { facts, subscription } = scene;
  const all = jobsOf(scene);
  const wanted = all.filter(isWanted);
  const own = [subscription.spec.name];
  // Whoever subscribes again meets the Job of the same image that the attempt before has left.
  const known = wanted.find((job) => names(job, own));
  if (known) return known;
  const since = wanted.filter(
    (job) => job.metadata.creationTimestamp >= subscription.metadata.creationTimestamp,
  );
  const near = (facts.subscriptionsInNamespace ?? []).map(({ spec }) => spec.name);
  const neighbours = since.find((job) => names(job, near));
  if (neighbours) return neighbours;
  return since.length === 1 && !all.some((job) => names(job, own)) ? since[0] : undefined;
}

/** The pods of a Job, the newest first. */
export function podsOf({ facts }: Scene, { metadata }: ApiObject): ApiObject[] {
  const pods = (facts.pods ?? []).filter(
    (pod) =>
      pod.metadata.namespace === metadata.namespace && pod.metadata.labels?.['job-name'] === metadata.name,
  );
  return newestFirst(pods);
}

/** Older versions of OLM do not label their Jobs. */
function jobsOf({ facts, subscription }: Scene): ApiObject[] {
  const jobs = (facts.jobs ?? []).filter(
    (job) =>
      job.metadata.namespace === subscription.spec.sourceNamespace &&
      (job.metadata.labels?.[REF] !== undefined || imageOf(job) !== undefined),
  );
  return newestFirst(jobs);
}

function names(job: ApiObject, packages: readonly string[]): boolean {
  const image = imageOf(job);
  return image !== undefined && packages.some((name) => image.includes(name));
}

function newestFirst(objects: readonly ApiObject[]): ApiObject[] {
  return objects.toSorted((left, right) =>
    right.metadata.creationTimestamp.localeCompare(left.metadata.creationTimestamp),
  );
}
