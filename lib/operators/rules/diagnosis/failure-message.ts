import type { Cause } from './cause';
import { troubleOfReason } from './pod-trouble';

// Names of objects hold no blank, comma or quote; every pattern runs over at most 4,000 characters of foreign text.
const NAME = '[^\\s,"\']{1,300}';
const notServedKind = new RegExp(`GroupVersionKind (${NAME}), Kind=(${NAME}) not found`);
const noMatches = new RegExp(`no matches for kind "(${NAME})" in version "(${NAME})"`);
const notFoundKind = new RegExp(`api-server resource not found installing (${NAME}) (${NAME}):`);
const dataLoss = new RegExp(`risk of data loss updating "?(${NAME}?)"?:`, 'i');
const removedVersion = new RegExp(`new CRD removes version (${NAME})`);
// Older versions leave the `for` and the quotes out, and one writes `agains`.
const tooStrict = new RegExp(
  `error validating existing CRs against? new CRD's schema(?: for|:) "?(${NAME}?)"?:`,
);
const invalidObject = new RegExp(
  `(?:Kind=${NAME} "|against new schema for ${NAME} )(${NAME}?)"?: (?:updated validation is too restrictive)?`,
);
const storedButGone = new RegExp(
  `CustomResourceDefinition\\S{0,100} "(${NAME})" is invalid: .{0,500}?status\\.storedVersions\\[\\d+\\]: Invalid value: "(${NAME})"`,
);
const kubernetesGroup =
  /^(?:admissionregistration|apiextensions|apiregistration|authentication|authorization|certificates|coordination|discovery|events|flowcontrol\.apiserver|internal\.apiserver|networking|node|rbac\.authorization|resource|scheduling|storage|storagemigration)\.k8s\.io$/;
const webhookDenied = new RegExp(`admission webhook "(${NAME})" denied the request`);
const webhookFailed = new RegExp(`failed calling (?:admission )?webhook "(${NAME})"`);
const conversionFailed = new RegExp(`conversion webhook for (${NAME}), Kind=(${NAME}) failed:`);
const noServiceAccount = new RegExp(`please make sure the service account exists. sa=(${NAME})`);
const quota = new RegExp(`exceeded quota: (${NAME}), requested: ([^;]{1,200}?), used:`);
const quotaOnly = new RegExp(`(?:exceeded quota: |failed quota: )(${NAME}?)[:,]`);
const unspecified = new RegExp(`failed quota: (${NAME}?): must specify ([^\\n]{1,200})`);
const forbidden = new RegExp(`User "(${NAME})" cannot (\\S+ resource "${NAME}")`);

/**
 * The cause in what an API server answered to OLM or to another controller: the same words stand in an InstallPlan, a
 * ClusterServiceVersion, a Deployment or an Event. `undefined` when they say nothing that is known.
 */
export function causeInMessage(message: string | undefined): Cause | undefined {
  const words = (message ?? '').slice(0, 4000);
  if (!words) return undefined;
  return (
    notServed(words) ??
    storedVersion(words) ??
    refusedByWebhook(words) ??
    existingObjects(words) ??
    overQuota(words) ??
    lacksRight(words) ??
    lacksServiceAccount(words)
  );
}

function notServed(words: string): Cause | undefined {
  const served = notServedKind.exec(words);
  if (served?.[1] && served[2]) return absentApi(served[1], served[2]);
  const match = noMatches.exec(words);
  if (match?.[1] && match[2]) return absentApi(match[2], match[1]);
  const found = notFoundKind.exec(words);
  return found?.[1] ? { id: 'apiNotServed', api: '', kind: found[1] } : undefined;
}

/** Kubernetes takes its own APIs away with time; any other one is missing only until something brings it. */
function absentApi(api: string, kind: string): Cause {
  const group = api.includes('/') ? (api.split('/')[0] ?? '') : '';
  if (!group.includes('.') || kubernetesGroup.test(group)) return { id: 'apiNotServed', api, kind };
  return { id: 'requirementMissing', requirement: 'api', name: `${kind} (${api})`, more: 0 };
}

function storedVersion(words: string): Cause | undefined {
  const crd = dataLoss.exec(words)?.[1];
  if (crd) return { id: 'storedVersionAtRisk', crd, version: removedVersion.exec(words)?.[1] };
  const gone = storedButGone.exec(words);
  return gone?.[1] ? { id: 'storedVersionAtRisk', crd: gone[1], version: gone[2] } : undefined;
}

/** OLM validates the objects that exist against the new schema before it changes a CustomResourceDefinition. */
function existingObjects(words: string): Cause | undefined {
  // Then it could not look at them, and says nothing of what they are like.
  if (words.includes('error listing resources')) return undefined;
  const crd = tooStrict.exec(words)?.[1];
  return crd ? { id: 'existingObjectsInvalid', crd, object: invalidObject.exec(words)?.[1] } : undefined;
}

function refusedByWebhook(words: string): Cause | undefined {
  const denied = webhookDenied.exec(words)?.[1];
  if (denied) return { id: 'webhookRefused', webhook: denied, unreachable: false };
  const failed = webhookFailed.exec(words)?.[1];
  if (failed) return { id: 'webhookRefused', webhook: failed, unreachable: true };
  const [, version, kind] = conversionFailed.exec(words) ?? [];
  return kind ? { id: 'webhookRefused', webhook: `${kind} (${version})`, unreachable: true } : undefined;
}

function overQuota(words: string): Cause | undefined {
  const exceeded = quota.exec(words);
  if (exceeded?.[1]) return { id: 'quotaExceeded', quota: exceeded[1], requested: exceeded[2] };
  const silent = unspecified.exec(words);
  if (silent?.[1]) return { id: 'quotaExceeded', quota: silent[1], unspecified: silent[2]?.trim() };
  const name = quotaOnly.exec(words)?.[1];
  return name ? { id: 'quotaExceeded', quota: name } : undefined;
}

function lacksRight(words: string): Cause | undefined {
  const cannot = forbidden.exec(words);
  if (cannot) return { id: 'rightMissing', who: cannot[1], what: cannot[2] };
  return words.includes('attempting to grant RBAC permissions not currently held')
    ? { id: 'rightMissing' }
    : undefined;
}

/** An OperatorGroup names the ServiceAccount with whose rights OLM works in its namespaces. */
function lacksServiceAccount(words: string): Cause | undefined {
  const name = noServiceAccount.exec(words)?.[1];
  return name ? { id: 'requirementMissing', requirement: 'groupServiceAccount', name, more: 0 } : undefined;
}

type UnpackFailed = Extract<Cause, { id: 'unpackFailed' }>;

/**
 * What OLM writes when the bundle image could not be unpacked: the Subscription's condition in newer versions
 * (`Bundle unpacking failed - Reason: …`), the plan's message in older ones (`bundle unpacking failed. Reason: …`,
 * `Bundle extract Job failed with Reason: …`).
 */
export function unpackCause(message: string | undefined): UnpackFailed | undefined {
  const words = (message ?? '').slice(0, 4000);
  const failed = /bundle (?:unpacking|extract job) failed(?: - |\. Reason: | with Reason: )(\w{1,50})/i.exec(
    words,
  );
  return failed
    ? { id: 'unpackFailed', reason: failed[1], retries: words.includes('Auto-retry') }
    : pendingUnpack(words);
}

/** While a bundle image is unpacked OLM tells what the containers of the Job's pod wait for, and for most no trouble. */
function pendingUnpack(words: string): UnpackFailed | undefined {
  for (const [, reason = ''] of words.matchAll(/is pending\. Reason: (\w{1,100}), Message:/g)) {
    const why = troubleOfReason(reason);
    if (why) return { id: 'unpackFailed', reason, why, retries: true };
  }
  return undefined;
}
