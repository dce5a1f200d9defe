import type { KubeObject } from '../../client/types.ts';
import type { ClusterServiceVersion, Step, StepResource } from '../api.ts';
import { isCsv } from '../catalog/manifests.ts';
import type { Bundle } from '../catalog/model.ts';
import { normaliseSpec } from './normalise-csv.ts';
import { rbacOf } from './rbac.ts';

export interface BundleOrigin {
  bundle: Bundle;
  /** The CSV that this one takes over from. */
  replaces: string | undefined;
  catalogName: string;
  catalogNamespace: string;
  /** The namespace the operator goes to. */
  namespace: string;
  /** The unpack ConfigMap, for bundles named by image: steps then refer to it instead of holding manifests. */
  configMap?: { name: string; namespace: string };
}

/**
 * The steps that install one bundle, in OLM's order: the CSV, the bundle's other objects, then ServiceAccounts, Roles,
 * RoleBindings, ClusterRoles and ClusterRoleBindings made from the CSV's permissions.
 * @throws when the manifests hold no CSV
 */
export function stepsOf(manifests: KubeObject[], origin: BundleOrigin): Step[] {
  const csv = manifests.find(isCsv);
  if (!csv) throw new Error(`bundle ${origin.bundle.name} has no ClusterServiceVersion`);
  const own = installableCsv(csv, origin);
  const others = manifests.filter((object) => !isCsv(object));
  const step = (object: KubeObject, text: string): Step => ({
    resolving: origin.bundle.name,
    resource: resourceOf(object, origin, text),
    status: 'Unknown',
  });
  return [
    // Go's type of a CSV always writes its status.
    step(own, JSON.stringify({ ...own, status: { cleanup: {} } })),
    ...others.map((object) => step(object, JSON.stringify(object))),
    ...rbacOf(own, origin.namespace).map((object) => step(object, generatedManifest(object))),
  ];
}

/** What OLM makes itself it writes without kind and version: those stand in the step. */
function generatedManifest({ kind: _kind, apiVersion: _apiVersion, ...rest }: KubeObject): string {
  return JSON.stringify(rest);
}

/** The catalog's properties without those that only carry manifests, as JSON in the form OLM keeps on the CSV. */
export function propertiesJson(bundle: Bundle): string {
  const properties = bundle.properties
    .filter(({ type }) => type !== 'olm.csv.metadata' && type !== 'olm.bundle.object')
    .map(({ type, value }) => ({ type, value }));
  return JSON.stringify({ properties });
}

/** The CSV as it will be created: in its namespace, replacing what the resolver says instead of its own word. */
function installableCsv(csv: ClusterServiceVersion, origin: BundleOrigin): ClusterServiceVersion {
  const { replaces: _replaces, ...spec } = csv.spec;
  const { replaces } = origin;
  return {
    kind: 'ClusterServiceVersion',
    apiVersion: 'operators.coreos.com/v1alpha1',
    metadata: {
      name: csv.metadata.name ?? origin.bundle.name,
      namespace: origin.namespace,
      annotations: {
        ...csv.metadata.annotations,
        'operatorframework.io/properties': propertiesJson(origin.bundle),
      },
      ...(csv.metadata.labels ? { labels: csv.metadata.labels } : {}),
    },
    spec: { ...normaliseSpec(spec), ...(replaces === undefined ? {} : { replaces }) },
  };
}

function resourceOf(object: KubeObject, origin: BundleOrigin, text: string): StepResource {
  const [group = '', version = ''] = object.apiVersion.includes('/')
    ? object.apiVersion.split('/')
    : ['', object.apiVersion];
  return {
    group,
    version,
    kind: object.kind,
    name: object.metadata.name ?? '',
    sourceName: origin.catalogName,
    sourceNamespace: origin.catalogNamespace,
    manifest: origin.configMap ? reference(origin, origin.configMap) : `${text}\n`,
  };
}

function reference(origin: BundleOrigin, { name, namespace }: { name: string; namespace: string }): string {
  return JSON.stringify({
    kind: 'ConfigMap',
    name,
    namespace,
    catalogSourceName: origin.catalogName,
    catalogSourceNamespace: origin.catalogNamespace,
    replaces: origin.replaces ?? '',
    properties: propertiesJson(origin.bundle),
  });
}
