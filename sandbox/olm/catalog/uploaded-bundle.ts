import type { ApiDescription, ClusterServiceVersion } from '../api.ts';
import type { BundleContent } from './bundle-blobs.ts';
import type { Property } from './model.ts';

/** The `olm.bundle` document that `opm` renders from a bundle image. */
export function bundleDocument(image: string, content: BundleContent): Record<string, unknown> {
  const { packageName, csv } = content;
  return {
    schema: 'olm.bundle',
    name: csv.metadata.name,
    package: packageName,
    image,
    properties: [
      { type: 'olm.package', value: { packageName, version: csv.spec.version } },
      ...gvksOf(content),
      ...requirementsOf(content),
      { type: 'olm.csv.metadata', value: metadataOf(csv) },
    ],
    relatedImages: relatedImagesOf(csv),
  };
}

/** One entry per version that a CRD of the bundle serves, as `opm` lists them. */
function gvksOf({ csv, objects }: BundleContent): Property[] {
  const owned = csv.spec.customresourcedefinitions?.owned ?? [];
  const definitions = objects.filter(({ kind }) => kind === 'CustomResourceDefinition');
  const ofDefinitions = definitions.flatMap(({ spec }) => {
    const { group, names, versions } = (spec ?? {}) as {
      group?: string;
      names?: { kind?: string };
      versions?: { name?: string }[];
    };
    return (versions ?? []).map(({ name }) => gvk(group, name, names?.kind));
  });
  const described = owned.map(({ name, version, kind }) => gvk(groupOf(name), version, kind));
  const known = new Set<string>();
  return [...ofDefinitions, ...described].filter(({ value }) => {
    const key = JSON.stringify(value);
    return !known.has(key) && known.add(key);
  });
}

function requirementsOf({ csv, dependencies }: BundleContent): Property[] {
  const required = csv.spec.customresourcedefinitions?.required ?? [];
  return [
    ...required.map(({ name, version, kind }) => ({
      ...gvk(groupOf(name), version, kind),
      type: 'olm.gvk.required',
    })),
    ...dependencies.flatMap(({ type, value }) => {
      if (type === 'olm.gvk') return [{ type: 'olm.gvk.required', value }];
      if (type !== 'olm.package') return [{ type, value }];
      const { packageName, version } = (value ?? {}) as { packageName?: unknown; version?: unknown };
      return [{ type: 'olm.package.required', value: { packageName, versionRange: version } }];
    }),
  ];
}

function metadataOf({ metadata, spec }: ClusterServiceVersion): Record<string, unknown> {
  const { annotations, labels } = metadata;
  return {
    ...(annotations ? { annotations } : {}),
    ...(labels ? { labels } : {}),
    apiServiceDefinitions: spec.apiservicedefinitions ?? {},
    crdDescriptions: spec.customresourcedefinitions ?? {},
    ...Object.fromEntries(metadataFields.map((field) => [field, spec[field]])),
  };
}

const metadataFields = [
  'description',
  'displayName',
  'icon',
  'installModes',
  'keywords',
  'links',
  'maintainers',
  'maturity',
  'minKubeVersion',
  'nativeAPIs',
  'provider',
];

function relatedImagesOf({ spec }: ClusterServiceVersion): unknown[] {
  return Array.isArray(spec.relatedImages) ? spec.relatedImages : [];
}

function gvk(group = '', version = '', kind = ''): Property {
  return { type: 'olm.gvk', value: { group, version, kind } };
}

function groupOf(crd: ApiDescription['name']): string {
  return crd.slice(crd.indexOf('.') + 1);
}
