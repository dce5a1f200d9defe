import type { Cause } from './cause';

// Names of objects hold no blank, comma or quote; every pattern runs over at most 4,000 characters of foreign text.
const NAME = '[^\\s,"\']{1,300}';
const notServedKind = new RegExp(`GroupVersionKind (${NAME}), Kind=(${NAME}) not found`);
const noMatches = new RegExp(`no matches for kind "(${NAME})" in version "(${NAME})"`);
const notFoundKind = new RegExp(`api-server resource not found installing (${NAME}) (${NAME}):`);
const dataLoss = new RegExp(`risk of data loss updating "?(${NAME}?)"?:`, 'i');
const removedVersion = new RegExp(`new CRD removes version (${NAME})`);
const tooStrict = new RegExp(`error validating existing CRs against new CRD's schema for "?(${NAME}?)"?:`);
const invalidObject = new RegExp(`Kind=${NAME} "(${NAME})": updated validation is too restrictive`);
const kubernetesGroup =
  /^(?:admissionregistration|apiextensions|apiregistration|authentication|authorization|certificates|coordination|discovery|events|flowcontrol\.apiserver|internal\.apiserver|networking|node|rbac\.authorization|resource|scheduling|storage|storagemigration)\.k8s\.io$/;
const webhookDenied = new RegExp(`admission webhook "(${NAME})" denied the request`);
const webhookFailed = new RegExp(`failed calling webhook "(${NAME})"`);
const noServiceAccount = new RegExp(`please make sure the service account exists. sa=(${NAME})`);
const quota = new RegExp(`exceeded quota: (${NAME}), requested: ([^;]{1,200}?), used:`);
const quotaOnly = new RegExp(`(?:exceeded quota: |failed quota: )(${NAME}?)[:,]`);
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
    existingObjects(words) ??
    refusedByWebhook(words) ??
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
  return crd ? { id: 'storedVersionAtRisk', crd, version: removedVersion.exec(words)?.[1] } : undefined;
}

/** OLM validates the objects that exist against the new schema before it changes a CustomResourceDefinition. */
function existingObjects(words: string): Cause | undefined {
  const crd = tooStrict.exec(words)?.[1];
  return crd ? { id: 'existingObjectsInvalid', crd, object: invalidObject.exec(words)?.[1] } : undefined;
}

function refusedByWebhook(words: string): Cause | undefined {
  const denied = webhookDenied.exec(words)?.[1];
  if (denied) return { id: 'webhookRefused', webhook: denied, unreachable: false };
  const failed = webhookFailed.exec(words)?.[1];
  return failed ? { id: 'webhookRefused', webhook: failed, unreachable: true } : undefined;
}

function overQuota(words: string): Cause | undefined {
  const exceeded = quota.exec(words);
  if (exceeded?.[1]) return { id: 'quotaExceeded', quota: exceeded[1], requested: exceeded[2] };
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

/**
 * What OLM writes when the bundle image could not be unpacked: the Subscription's condition in newer versions
 * (`Bundle unpacking failed - Reason: …`), the plan's message in older ones (`bundle unpacking failed. Reason: …`).
 */
export function unpackCause(message: string | undefined): Extract<Cause, { id: 'unpackFailed' }> | undefined {
  const words = (message ?? '').slice(0, 4000);
  const failed = /bundle unpacking failed(?: - |\. Reason: )(\w{1,50})/i.exec(words);
  return failed
    ? { id: 'unpackFailed', reason: failed[1], retries: words.includes('Auto-retry') }
    : undefined;
}
