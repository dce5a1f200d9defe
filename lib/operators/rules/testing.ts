import type { Installable } from './install-modes';
import type { ClusterServiceVersionObject, InstallPlanObject, SubscriptionObject } from './objects';

/** Small objects for the tests of rules, in namespace `demo`. */
export function subscription(
  status: { state?: string; currentCSV?: string; installedCSV?: string; plan?: string },
  name = 'kiali',
): SubscriptionObject {
  const { plan, ...rest } = status;
  return {
    apiVersion: 'operators.coreos.com/v1alpha1',
    kind: 'Subscription',
    metadata: metadata(name),
    spec: { name: 'kiali', source: 'platform', sourceNamespace: 'cpaas-system', channel: 'stable' },
    status: { ...rest, ...(plan ? { installPlanRef: { name: plan } } : {}) },
  };
}

export function installPlan(
  name: string,
  { phase = 'RequiresApproval', approved = false, names = ['kiali.v1.0.0'], approval = 'Manual' } = {},
): InstallPlanObject {
  return {
    apiVersion: 'operators.coreos.com/v1alpha1',
    kind: 'InstallPlan',
    metadata: metadata(name),
    spec: { approval, approved, clusterServiceVersionNames: names },
    ...(phase ? { status: { phase } } : {}),
  };
}

export function clusterServiceVersion(
  name: string,
  phase: string,
  namespace = 'demo',
): ClusterServiceVersionObject {
  return {
    apiVersion: 'operators.coreos.com/v1alpha1',
    kind: 'ClusterServiceVersion',
    metadata: { ...metadata(name), namespace },
    spec: { version: name.replace(/^.*\.v/, '') },
    status: phase ? { phase } : {},
  };
}

/** An operator of catalog `platform` with channels `stable` (1.1.0, 1.0.0) and `edge` (2.0.0). */
export function installable(changes: Partial<Installable> = {}): Installable {
  const head = (name: string, versions: string[]): Installable['channels'][number] => ({
    name,
    currentCSV: `kiali.v${versions[0]}`,
    version: versions[0] ?? '',
    entries: versions.map((version) => ({ name: `kiali.v${version}`, version })),
    displayName: 'Kiali',
    description: '',
    installModes: [
      { type: 'AllNamespaces', supported: true },
      { type: 'OwnNamespace', supported: true },
      { type: 'SingleNamespace', supported: true },
      { type: 'MultiNamespace', supported: name === 'stable' },
    ],
    providedApis: [],
    requiredApis: [],
    links: [],
    maintainers: [],
  });
  return {
    name: 'kiali',
    catalog: 'platform',
    catalogNamespace: 'cpaas-system',
    channels: [head('stable', ['1.1.0', '1.0.0']), head('edge', ['2.0.0'])],
    manualApprovalOnly: false,
    operatorGroupBy: 'platform',
    ...changes,
  };
}

function metadata(name: string) {
  return {
    name,
    namespace: 'demo',
    uid: `uid-of-${name}`,
    resourceVersion: '1',
    creationTimestamp: '2026-01-01T00:00:00Z',
  };
}
