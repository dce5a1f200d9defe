import 'server-only';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { z } from 'zod';
import { PackageError, type PackageSummary } from '../../contract';
import type { PackedImage } from '../inspect-package';
import { mediaTypes } from './oci';
import { parseYaml } from './parse-yaml';

/** Helm's own rules for `Chart.yaml`, as far as a registry and Kubernetes have to live with what it says. */
export const chartYamlSchema = z.looseObject({
  apiVersion: z.enum(['v1', 'v2']),
  name: z
    .string()
    .max(53)
    .regex(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/, 'must be a DNS name'),
  version: z
    .string()
    .max(100)
    .regex(
      /^v?\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/,
      'must be a semantic version, such as 1.2.3',
    ),
  description: z.string().max(4096).optional(),
  appVersion: z.coerce.string().max(128).optional(),
});

export type ChartYaml = z.infer<typeof chartYamlSchema>;

export interface ArchivedChart {
  yaml: ChartYaml;
  /** The chart's configuration blob, which is `Chart.yaml` as JSON. */
  config: Buffer;
}

/** The tag of a chart's version: registries know no `+`, for which Helm writes `_`. */
export function chartTag(version: string): string {
  return version.replaceAll('+', '_');
}

/** The manifest and config of the OCI artifact that Helm makes of a chart archive with this digest. */
export function chartDocuments(yaml: ChartYaml, layer: { digest: string; size: number }) {
  const config = Buffer.from(JSON.stringify(yaml));
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: mediaTypes.manifest,
      config: { mediaType: mediaTypes.chartConfig, digest: digestOf(config), size: config.length },
      layers: [{ mediaType: mediaTypes.chart, ...layer }],
    }),
  );
  return { config, manifest };
}

/**
 * A plain Helm chart archive as a package with one image: the OCI artifact that `helm push` would make of it.
 * @throws PackageError when the archive is no chart either
 */
export async function chartOfArchive(
  file: string,
  texts: ReadonlyMap<string, Buffer>,
  signal?: AbortSignal,
): Promise<{ summary: PackageSummary; chart: ArchivedChart; images: PackedImage[] }> {
  const [found, second] = [...texts].filter(([path]) => path.endsWith('/Chart.yaml'));
  if (!found || second) {
    throw new PackageError(
      'InvalidPackage',
      `${file} is not a package: it holds neither package.yaml nor the Chart.yaml of one Helm chart.`,
    );
  }
  const [path, text] = found;
  const yaml = parseYaml(text.toString('utf8'), chartYamlSchema, `${file}: ${path}`);
  const layer = await digestOfFile(file, signal);
  const { config, manifest } = chartDocuments(yaml, layer);
  const digest = digestOf(manifest);
  return {
    summary: {
      packageType: 'Chart',
      name: yaml.name,
      displayName: yaml.name,
      type: 'chart',
      platforms: [],
      version: yaml.version,
      channels: [],
      relatedImages: [],
      size: layer.size,
    },
    chart: { yaml, config },
    images: [
      {
        image: { repository: yaml.name, tag: chartTag(yaml.version), digest, type: 'Chart' },
        documents: [{ digest, mediaType: mediaTypes.manifest, bytes: manifest }],
        blobs: [{ digest: digestOf(config), size: config.length }, layer],
      },
    ],
  };
}

export function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** Digest and size of a whole file, read in pieces. */
export async function digestOfFile(
  file: string,
  signal?: AbortSignal,
): Promise<{ digest: string; size: number }> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 ** 2, signal })) {
    // A stream without encoding gives bytes.
    const bytes = chunk as Buffer;
    hash.update(bytes);
    size += bytes.length;
  }
  return { digest: `sha256:${hash.digest('hex')}`, size };
}
