import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';

/** One version of an operator that a test makes up. */
export interface MadeBundle {
  package: string;
  version: string;
  modes?: string[];
  /** The version that it replaces. */
  replaces?: string;
  /** More objects of the bundle. */
  objects?: object[];
  /** More of the ClusterServiceVersion's `spec`. */
  spec?: object;
  /** The registry does not have the bundle image. */
  absent?: boolean;
}

/** A catalog with its bundle images, as folders, for `SANDBOX_CATALOGS` and `SANDBOX_BUNDLES`. */
export interface MadeCatalog {
  environment: { SANDBOX_CATALOGS: string; SANDBOX_BUNDLES: string };
  /** Uploads the bundle image of a version that was absent. */
  publish(bundle: MadeBundle): Promise<void>;
  remove(): Promise<void>;
}

export const bundleImage = ({ package: name, version }: MadeBundle) =>
  `registry.test/${name}-bundle:v${version}`;
export const operatorImage = (name: string, version = '1.0.0') => `registry.test/${name}:v${version}`;

/** Writes a catalog `made` in which every package has one channel, `stable`. */
export async function makeCatalog(bundles: readonly MadeBundle[]): Promise<MadeCatalog> {
  const folder = await mkdtemp(join(tmpdir(), 'made-catalog-'));
  const catalog = join(folder, 'catalog');
  const images = join(folder, 'bundles');
  await mkdir(catalog);
  await mkdir(images);
  await writeFile(
    join(catalog, 'catalog.yaml'),
    documents(bundles)
      .map((one) => stringify(one))
      .join('---\n'),
  );
  for (const bundle of bundles) if (!bundle.absent) await writeBundle(images, bundle);
  return {
    environment: { SANDBOX_CATALOGS: `made=${catalog}`, SANDBOX_BUNDLES: images },
    publish: (bundle) => writeBundle(images, bundle),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

const nameOf = ({ package: name, version }: MadeBundle) => `${name}.v${version}`;

function documents(bundles: readonly MadeBundle[]): object[] {
  const packages = [...new Set(bundles.map((bundle) => bundle.package))];
  return packages.flatMap((name) => {
    const own = bundles.filter((bundle) => bundle.package === name);
    return [
      { schema: 'olm.package', name, defaultChannel: 'stable' },
      {
        schema: 'olm.channel',
        package: name,
        name: 'stable',
        entries: own.map((bundle) => ({
          name: nameOf(bundle),
          ...(bundle.replaces ? { replaces: `${name}.v${bundle.replaces}` } : {}),
        })),
      },
      ...own.map(bundleDocument),
    ];
  });
}

function bundleDocument(bundle: MadeBundle): object {
  const { package: packageName, version } = bundle;
  const value = { annotations: {}, displayName: packageName, installModes: modesOf(bundle) };
  return {
    schema: 'olm.bundle',
    package: packageName,
    name: nameOf(bundle),
    image: bundleImage(bundle),
    properties: [
      { type: 'olm.package', value: { packageName, version } },
      { type: 'olm.csv.metadata', value },
    ],
  };
}

function modesOf({ modes = ['AllNamespaces', 'OwnNamespace'] }: MadeBundle) {
  return ['AllNamespaces', 'OwnNamespace', 'SingleNamespace', 'MultiNamespace'].map((type) => ({
    type,
    supported: modes.includes(type),
  }));
}

async function writeBundle(images: string, bundle: MadeBundle): Promise<void> {
  const manifests = join(images, bundleImage(bundle).replaceAll(/[/:]/g, '_'), 'manifests');
  await mkdir(manifests, { recursive: true });
  const objects = [versionObject(bundle), ...(bundle.objects ?? [])];
  for (const [index, object] of objects.entries()) {
    await writeFile(join(manifests, `${index}.yaml`), stringify(object));
  }
}

function versionObject(bundle: MadeBundle): object {
  const { package: name, version, replaces } = bundle;
  const labels = { app: name };
  const container = {
    name: 'manager',
    image: operatorImage(name, version),
    env: [{ name: 'API_TOKEN', value: 'not-for-everybody' }],
  };
  const deployment = {
    name,
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { serviceAccountName: name, containers: [container] } },
    },
  };
  return {
    apiVersion: 'operators.coreos.com/v1alpha1',
    kind: 'ClusterServiceVersion',
    metadata: { name: nameOf(bundle), namespace: 'placeholder' },
    spec: {
      displayName: name,
      version,
      ...(replaces ? { replaces: `${name}.v${replaces}` } : {}),
      installModes: modesOf(bundle),
      install: {
        strategy: 'deployment',
        spec: { deployments: [deployment], permissions: [{ serviceAccountName: name, rules: [] }] },
      },
      ...bundle.spec,
    },
  };
}
