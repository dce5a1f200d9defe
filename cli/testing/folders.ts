import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Writes files below a folder of its own and gives the folder. */
export async function folderOf(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'violet-'));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}

/** Puts an image with this layer into an OCI image layout. @returns the digest of its manifest */
export async function addToLayout(layout: string, reference: string, layer: Uint8Array): Promise<string> {
  const blobs = join(layout, 'blobs', 'sha256');
  await mkdir(blobs, { recursive: true });
  const put = async (bytes: Uint8Array) => {
    const hex = createHash('sha256').update(bytes).digest('hex');
    await writeFile(join(blobs, hex), bytes);
    return { digest: `sha256:${hex}`, size: bytes.length };
  };
  const type = 'application/vnd.oci.image';
  const rootfs = { type: 'layers', diff_ids: [`sha256:${createHash('sha256').update(layer).digest('hex')}`] };
  const config = await put(
    Buffer.from(JSON.stringify({ architecture: 'amd64', os: 'linux', rootfs, reference })),
  );
  const manifest = await put(
    Buffer.from(
      JSON.stringify({
        schemaVersion: 2,
        mediaType: `${type}.manifest.v1+json`,
        config: { mediaType: `${type}.config.v1+json`, ...config },
        layers: [{ mediaType: `${type}.layer.v1.tar`, ...(await put(layer)) }],
      }),
    ),
  );
  const file = join(layout, 'index.json');
  const { manifests = [] } = JSON.parse(await readFile(file, 'utf8').catch(() => '{}'));
  const annotations = { 'org.opencontainers.image.ref.name': reference };
  manifests.push({ mediaType: `${type}.manifest.v1+json`, ...manifest, annotations });
  await writeFile(file, JSON.stringify({ schemaVersion: 2, manifests }));
  await writeFile(join(layout, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
  return manifest.digest;
}

const csv = (name: string, version: string, displayName: string, images: readonly string[]) =>
  JSON.stringify({
    apiVersion: 'operators.coreos.com/v1alpha1',
    kind: 'ClusterServiceVersion',
    metadata: { name: `${name}.v${version}` },
    spec: {
      displayName,
      version,
      installModes: [{ type: 'AllNamespaces', supported: true }],
      relatedImages: images.map((image, at) => ({ name: `image-${at}`, image })),
      install: { strategy: 'deployment', spec: { deployments: [] } },
    },
  });

/** The folder of an operator bundle that runs these images. */
export function bundleFolder(
  { name, version, displayName }: { name: string; version: string; displayName: string },
  images: readonly string[] = [],
): Promise<string> {
  const prefix = 'operators.operatorframework.io.bundle';
  return folderOf({
    'metadata/annotations.yaml': JSON.stringify({
      annotations: { [`${prefix}.package.v1`]: name, [`${prefix}.channels.v1`]: 'stable' },
    }),
    'manifests/csv.yaml': csv(name, version, displayName, images),
    'manifests/crd.yaml': JSON.stringify({
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'things.example.com' },
      spec: { group: 'example.com', versions: [] },
    }),
  });
}

/** The chart folder of a cluster plugin; `config` is what `scripts/plugin-config.yaml` says. */
export function pluginFolder(name: string, version: string, config: object = {}): Promise<string> {
  const chart = `acp/chart-${name}`;
  return folderOf({
    'Chart.yaml': JSON.stringify({ apiVersion: 'v2', name: `chart-${name}`, version }),
    'module-plugin.yaml': JSON.stringify({
      apiVersion: 'cluster.alauda.io/v1alpha1',
      kind: 'ModulePlugin',
      metadata: { name, labels: {}, annotations: {} },
      spec: {
        name,
        description: { en: 'Runs at the edge.', zh: '在边缘运行。' },
        deleteable: true,
        logo: 'data:image/svg+xml;base64,PHN2Zy8+',
        mainChart: chart,
        appReleases: [{ name, chartVersions: [{ name: chart, releaseName: name, version: 'v0.0.0' }] }],
      },
    }),
    'scripts/plugin-config.yaml': JSON.stringify(config),
  });
}

/** The folder of a plain Helm chart. */
export function chartFolder(name: string, version: string): Promise<string> {
  return folderOf({
    'Chart.yaml': JSON.stringify({ apiVersion: 'v2', name, version, appVersion: '0.9' }),
  });
}
