import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One version in a sample catalog; what is left out takes the simplest value. */
export interface SampleBundle {
  version: string;
  replaces?: string;
  skips?: string[];
  skipRange?: string;
  /** Kinds of the group `<package>.example.com`, each with a CRD; default one named after the package. */
  kinds?: string[];
  requiresPackages?: { packageName: string; versionRange: string }[];
  requiresApis?: { group: string; version: string; kind: string }[];
  installModes?: string[];
  minKubeVersion?: string;
  annotations?: Record<string, string>;
  /** false: the catalog names an image that the registry has not. */
  inRegistry?: boolean;
  /** Manifests stand in the catalog. */
  inline?: boolean;
  image?: string;
  crdApiVersion?: string;
  /** A field of `spec` that the CRDs of this version demand. */
  requiredField?: string;
}

export interface SamplePackage {
  name: string;
  channels?: Record<string, SampleBundle[]>;
}

export interface SampleFolders {
  root: string;
  catalog: string;
  bundles: string;
  /** Writes further packages, or newer versions of one, as a catalog update does. */
  write(packages: SamplePackage[]): Promise<void>;
  remove(): Promise<void>;
}

/** Writes a file-based catalog and the bundle images it names into a temporary folder. */
export async function sampleCatalog(packages: SamplePackage[]): Promise<SampleFolders> {
  const root = await mkdtemp(join(tmpdir(), 'olm-sample-'));
  const folders: SampleFolders = {
    root,
    catalog: join(root, 'catalog'),
    bundles: join(root, 'bundles'),
    write: async (more) => {
      for (const item of more) await writePackage(folders, item);
    },
    remove: () => rm(root, { recursive: true, force: true }),
  };
  await mkdir(folders.catalog, { recursive: true });
  await mkdir(folders.bundles, { recursive: true });
  await folders.write(packages);
  return folders;
}

export function csvName(packageName: string, version: string): string {
  return `${packageName}.v${version}`;
}

async function writePackage(folders: SampleFolders, { name, channels = {} }: SamplePackage): Promise<void> {
  const [defaultChannel = 'stable'] = Object.keys(channels);
  const blobs: unknown[] = [{ schema: 'olm.package', name, defaultChannel }];
  const bundles = new Map<string, SampleBundle>();
  for (const [channel, list] of Object.entries(channels)) {
    const entries = list.map(({ version, replaces, skips, skipRange }) => ({
      name: csvName(name, version),
      ...(replaces ? { replaces: csvName(name, replaces) } : {}),
      ...(skips ? { skips: skips.map((it) => csvName(name, it)) } : {}),
      ...(skipRange ? { skipRange } : {}),
    }));
    blobs.push({ schema: 'olm.channel', package: name, name: channel, entries });
    for (const bundle of list) bundles.set(bundle.version, bundle);
  }
  for (const bundle of bundles.values()) {
    blobs.push(bundleBlob(name, bundle));
    if (!bundle.inline && bundle.inRegistry !== false) await writeImage(folders, name, bundle);
  }
  const folder = join(folders.catalog, name);
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, 'catalog.json'),
    blobs.map((blob) => JSON.stringify(blob, null, 2)).join('\n'),
  );
}

function bundleBlob(name: string, bundle: SampleBundle): unknown {
  const csv = csvOf(name, bundle);
  const { customresourcedefinitions, install: _install, ...spec } = csv.spec;
  const properties = [
    ...kindsOf(name, bundle).map((kind) => ({
      type: 'olm.gvk',
      value: { group: groupOf(name), kind, version: 'v1' },
    })),
    { type: 'olm.package', value: { packageName: name, version: bundle.version } },
    ...(bundle.requiresPackages ?? []).map((value) => ({ type: 'olm.package.required', value })),
    ...(bundle.requiresApis ?? []).map((value) => ({ type: 'olm.gvk.required', value })),
    ...(bundle.inline
      ? manifestsOf(name, bundle).map((object) => ({
          type: 'olm.bundle.object',
          value: { data: Buffer.from(JSON.stringify(object)).toString('base64') },
        }))
      : [
          {
            type: 'olm.csv.metadata',
            value: {
              ...spec,
              annotations: csv.metadata.annotations,
              crdDescriptions: customresourcedefinitions,
            },
          },
        ]),
  ];
  return {
    schema: 'olm.bundle',
    name: csvName(name, bundle.version),
    package: name,
    image: bundle.inline ? '' : imageOf(name, bundle),
    properties,
    relatedImages: [{ name: 'operator', image: `registry.example.com/${name}:${bundle.version}` }],
  };
}

async function writeImage(folders: SampleFolders, name: string, bundle: SampleBundle): Promise<void> {
  const folder = join(folders.bundles, imageOf(name, bundle).replaceAll(/[/:]/g, '_'), 'manifests');
  await mkdir(folder, { recursive: true });
  for (const [index, object] of manifestsOf(name, bundle).entries()) {
    await writeFile(join(folder, `${index}.yaml`), JSON.stringify(object));
  }
}

function manifestsOf(name: string, bundle: SampleBundle): unknown[] {
  return [csvOf(name, bundle), ...kindsOf(name, bundle).map((kind) => crdOf(name, kind, bundle))];
}

function csvOf(name: string, bundle: SampleBundle) {
  const labels = { app: name };
  const modes = bundle.installModes ?? ['OwnNamespace', 'SingleNamespace', 'AllNamespaces'];
  return {
    apiVersion: 'operators.coreos.com/v1alpha1',
    kind: 'ClusterServiceVersion',
    metadata: {
      name: csvName(name, bundle.version),
      annotations: { description: name, ...bundle.annotations },
    },
    spec: {
      displayName: `Sample ${name}`,
      version: bundle.version,
      provider: { name: 'Example' },
      installModes: ['OwnNamespace', 'SingleNamespace', 'MultiNamespace', 'AllNamespaces'].map((type) => ({
        type,
        supported: modes.includes(type),
      })),
      ...(bundle.minKubeVersion ? { minKubeVersion: bundle.minKubeVersion } : {}),
      customresourcedefinitions: {
        owned: kindsOf(name, bundle).map((kind) => ({ name: crdName(name, kind), version: 'v1', kind })),
      },
      install: {
        strategy: 'deployment',
        spec: {
          deployments: [
            {
              name: `${name}-manager`,
              spec: {
                replicas: 1,
                selector: { matchLabels: labels },
                template: {
                  metadata: { labels },
                  spec: {
                    serviceAccountName: `${name}-manager`,
                    containers: [
                      {
                        name: 'manager',
                        image: bundle.image ?? `registry.example.com/${name}:${bundle.version}`,
                      },
                    ],
                  },
                },
              },
            },
          ],
          permissions: [
            {
              serviceAccountName: `${name}-manager`,
              rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get'] }],
            },
          ],
        },
      },
    },
  };
}

function crdOf(name: string, kind: string, bundle: SampleBundle): unknown {
  const { crdApiVersion: apiVersion = 'apiextensions.k8s.io/v1', requiredField } = bundle;
  const fields = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  const spec = requiredField ? { ...fields, required: [requiredField] } : fields;
  const singular = kind.toLowerCase();
  return {
    apiVersion,
    kind: 'CustomResourceDefinition',
    metadata: { name: crdName(name, kind) },
    spec: {
      group: groupOf(name),
      names: { kind, listKind: `${kind}List`, plural: `${singular}s`, singular },
      scope: 'Namespaced',
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object', properties: { spec } } },
        },
      ],
    },
  };
}

function kindsOf(name: string, { kinds }: SampleBundle): string[] {
  return kinds ?? [`${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll(/[^a-z0-9]/g, '')}`];
}

function groupOf(name: string): string {
  return `${name}.example.com`;
}

function crdName(name: string, kind: string): string {
  return `${kind.toLowerCase()}s.${groupOf(name)}`;
}

function imageOf(name: string, { version }: SampleBundle): string {
  return `registry.example.com/${name}-bundle:v${version}`;
}
