import type { KubeObject } from '../../client/types.ts';
import { csvMetadataOf } from '../catalog/manifests.ts';
import type { Bundle, Gvk } from '../catalog/model.ts';

const mark = { 'sandbox.cpaas.io/synthesised': 'true' };

/**
 * A bundle made up from what the catalog tells (`olm.csv.metadata`, `olm.gvk`), for images that the sandbox does not
 * have: a CSV with one Deployment and CRDs that accept anything. Every object carries an annotation that says so.
 */
export function synthesised(bundle: Bundle): KubeObject[] {
  const metadata = csvMetadataOf(bundle);
  const { crdDescriptions, apiServiceDefinitions: _served, annotations, labels, ...spec } = metadata;
  const name = bundle.packageName;
  const owned = (crdDescriptions?.owned ?? []) as { name?: string; kind?: string; version?: string }[];
  const csv: KubeObject = {
    apiVersion: 'operators.coreos.com/v1alpha1',
    kind: 'ClusterServiceVersion',
    metadata: { name: bundle.name, annotations: { ...annotations, ...mark }, ...(labels ? { labels } : {}) },
    spec: {
      ...spec,
      displayName: metadata.displayName ?? name,
      version: bundle.version,
      customresourcedefinitions: { owned },
      install: { strategy: 'deployment', spec: { deployments: [deployment(name, bundle)] } },
    },
  };
  const plurals = new Map(owned.map((it) => [`${it.kind}/${it.version}`, it.name ?? '']));
  const byName = new Map<string, Gvk[]>();
  for (const gvk of bundle.provided) {
    const crd = plurals.get(`${gvk.kind}/${gvk.version}`) ?? `${gvk.kind.toLowerCase()}s.${gvk.group}`;
    byName.set(crd, [...(byName.get(crd) ?? []), gvk]);
  }
  return [csv, ...[...byName].map(([crd, gvks]) => definition(crd, gvks))];
}

function deployment(name: string, bundle: Bundle): unknown {
  const labels = { app: name };
  const image =
    bundle.relatedImages.find((it) => it !== bundle.image) ?? `sandbox.invalid/${name}:${bundle.version}`;
  return {
    name,
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels, annotations: mark },
        spec: { containers: [{ name: 'operator', image }] },
      },
    },
  };
}

function definition(name: string, gvks: Gvk[]): KubeObject {
  const [first] = gvks;
  const kind = first?.kind ?? '';
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name, annotations: mark },
    spec: {
      group: first?.group ?? '',
      scope: 'Namespaced',
      names: {
        kind,
        listKind: `${kind}List`,
        plural: name.split('.')[0] ?? '',
        singular: kind.toLowerCase(),
      },
      versions: gvks.map(({ version }, index) => ({
        name: version,
        served: true,
        storage: index === 0,
        schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
        subresources: { status: {} },
      })),
    },
  };
}
