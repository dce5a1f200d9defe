import { coerce, gt } from 'semver';
import type { KubeObject, OwnerReference } from '../../client/types.ts';
import type { ClusterServiceVersion, Condition, Permission, RequirementStatus } from '../api.ts';
import { isCopied } from '../api.ts';
import type { OlmContext } from '../context.ts';
import { refs } from '../refs.ts';

interface Crd extends KubeObject {
  spec: { versions: { name: string; served: boolean }[] };
  status?: { conditions?: Condition[] };
}

export interface Requirements {
  met: boolean;
  status: RequirementStatus[];
}

/** What a CSV needs before it can be installed and whether it is there, entry by entry as OLM lists it. */
export async function requirementsOf(
  olm: OlmContext,
  csv: ClusterServiceVersion,
  serverVersion: string,
): Promise<Requirements> {
  const status: RequirementStatus[] = [...versionRequirement(csv, serverVersion)];
  const { owned = [], required = [] } = csv.spec.customresourcedefinitions ?? {};
  const crds = olm.cluster.informers.of<Crd>(refs.crds);
  for (const { name, version } of [...required, ...owned].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    status.push(crdRequirement(crds.get(name), name, version));
  }
  status.push(...apiServiceRequirements(csv), ...(await accountRequirements(olm, csv)));
  const unmet = (it: RequirementStatus) => it.status !== 'Present' && it.status !== 'DeploymentFound';
  return { met: !status.some(unmet), status };
}

function versionRequirement(csv: ClusterServiceVersion, serverVersion: string): RequirementStatus[] {
  const { minKubeVersion } = csv.spec;
  const needed = coerce(minKubeVersion ?? '');
  const has = coerce(serverVersion);
  if (!minKubeVersion || !needed || !has) return [];
  const tooOld = gt(needed, has);
  return [
    {
      group: 'operators.coreos.com',
      version: 'v1alpha1',
      kind: 'ClusterServiceVersion',
      name: csv.metadata.name ?? '',
      status: tooOld ? 'PresentNotSatisfied' : 'Present',
      message: tooOld
        ? `CSV version requirement not met: minKubeVersion (${minKubeVersion}) > server version (${serverVersion})`
        : `CSV minKubeVersion (${minKubeVersion}) less than server version (${serverVersion})`,
    },
  ];
}

function crdRequirement(crd: Crd | undefined, name: string, version: string): RequirementStatus {
  const base = { group: 'apiextensions.k8s.io', version: 'v1', kind: 'CustomResourceDefinition', name };
  if (!crd) return { ...base, status: 'NotPresent', message: 'CRD is not present' };
  if (!crd.spec.versions.some((it) => it.name === version && it.served)) {
    return { ...base, status: 'NotPresent', message: 'CRD version not served' };
  }
  const holds = (wanted: string) =>
    crd.status?.conditions?.some(({ type, status }) => type === wanted && status === 'True');
  if (!holds('Established') || !holds('NamesAccepted')) {
    const message = 'CRD is present but the Established condition is False (not available)';
    return { ...base, status: 'PresentNotAvailable', message };
  }
  const uuid = crd.metadata.uid ?? '';
  return { ...base, status: 'Present', message: 'CRD is present and Established condition is true', uuid };
}

function apiServiceRequirements({ spec }: ClusterServiceVersion): RequirementStatus[] {
  const deployments = new Set((spec.install.spec?.deployments ?? []).map(({ name }) => name));
  return (spec.apiservicedefinitions?.owned ?? []).map(({ group, version, deploymentName }) => ({
    group: 'apiregistration.k8s.io',
    version: 'v1',
    kind: 'APIService',
    name: `${version}.${group}`,
    status: deployments.has(deploymentName ?? '') ? 'DeploymentFound' : 'DeploymentNotFound',
    message: '',
  }));
}

/** One entry per ServiceAccount; cluster-wide permissions take the place of namespaced ones (OLM reports one set). */
async function accountRequirements(
  olm: OlmContext,
  csv: ClusterServiceVersion,
): Promise<RequirementStatus[]> {
  const { permissions = [], clusterPermissions = [] } = csv.spec.install.spec ?? {};
  const entries = new Map<string, RequirementStatus>();
  for (const [scope, list] of [
    ['namespaced', permissions],
    ['cluster', clusterPermissions],
  ] as const) {
    const accounts = new Set(list.map(({ serviceAccountName }) => serviceAccountName));
    for (const account of accounts) {
      const mine = list.filter(({ serviceAccountName }) => serviceAccountName === account);
      entries.set(account, await accountRequirement(olm, csv, account, mine, scope));
    }
  }
  return [...entries.values()];
}

async function accountRequirement(
  olm: OlmContext,
  csv: ClusterServiceVersion,
  name: string,
  permissions: Permission[],
  scope: string,
): Promise<RequirementStatus> {
  const base = { group: '', version: 'v1', kind: 'ServiceAccount', name };
  const namespace = csv.metadata.namespace ?? '';
  const account = await olm.cluster.client.find(refs.serviceAccounts, { namespace, name });
  if (!account) return { ...base, status: 'NotPresent', message: 'Service account does not exist' };
  const owners = (account.metadata.ownerReferences ?? []).filter(isCsvOwner);
  if (owners.length > 0 && !owners.some(({ uid }) => uid === csv.metadata.uid)) {
    const message = 'Service account is owned by another ClusterServiceVersion';
    return { ...base, status: 'PresentNotSatisfied', message };
  }
  const dependents = permissions.flatMap(({ rules }) =>
    rules.map(({ verbs, apiGroups, resources, resourceNames, nonResourceURLs }) => ({
      group: 'rbac.authorization.k8s.io',
      version: 'v1',
      kind: 'PolicyRule',
      status: 'Satisfied',
      message: `${scope} rule:${JSON.stringify({ verbs, apiGroups, resources, resourceNames, nonResourceURLs })}`,
    })),
  );
  return { ...base, status: 'Present', message: '', ...(dependents.length > 0 ? { dependents } : {}) };
}

function isCsvOwner({ kind }: OwnerReference): boolean {
  return kind === 'ClusterServiceVersion';
}

/** The CSV in the same namespace that replaces this one, if any is there. */
export function successorOf(olm: OlmContext, csv: ClusterServiceVersion): ClusterServiceVersion | undefined {
  return olm.csvs
    .list(csv.metadata.namespace)
    .find((it) => it.spec.replaces === csv.metadata.name && !isCopied(it) && !it.metadata.deletionTimestamp);
}
