import 'server-only';
import { z } from 'zod';
import { PackageError } from '../../contract';
import { parseReference } from '../../rules/image-reference';
import { mediaTypes } from '../archive/oci';
import { parseYaml } from '../archive/parse-yaml';
import { type Draft, draftImage } from './draft';
import { type FolderFiles, tarOf } from './read-folder';

const prefix = 'operators.operatorframework.io.bundle.';

const annotationsSchema = z.object({ annotations: z.record(z.string(), z.string()) });

const kindSchema = z.looseObject({ kind: z.string().optional() });

const csvSchema = z.looseObject({
  metadata: z
    .looseObject({
      annotations: z.record(z.string(), z.string()).default({}),
      labels: z.record(z.string(), z.string()).default({}),
    })
    .optional(),
  spec: z
    .looseObject({
      displayName: z.string().optional(),
      version: z.string().optional(),
      relatedImages: z.array(z.looseObject({ image: z.string() })).default([]),
      install: z.unknown().optional(),
    })
    .optional(),
});

const deploymentsSchema = z.looseObject({
  spec: z.looseObject({
    deployments: z.array(z.looseObject({ spec: z.unknown() })).default([]),
  }),
});

/** Whether a folder is a bundle of the Operator Framework (`registry+v1`). */
export function isBundle(files: FolderFiles): boolean {
  return [...files.keys()].some((path) => /^metadata\/annotations\.ya?ml$/.test(path));
}

/** Makes a package of a bundle folder: the bundle as an image of its files, and what its CSV tells. */
export async function bundleDraft(
  files: FolderFiles,
  options: { artifact?: string; catalogSource: string },
): Promise<{ draft: Draft; related: string[]; declared: string[] }> {
  const { annotations } = readOne(files, /^metadata\/annotations\.ya?ml$/, annotationsSchema);
  const name = annotations[`${prefix}package.v1`] ?? '';
  const csv = csvOf(files);
  const { spec, metadata } = csv;
  const version = spec?.version ?? '';
  if (!name || !version) {
    throw new PackageError(
      'InvalidInput',
      `The bundle names no package (metadata/annotations.yaml, ${prefix}package.v1) or no version (spec.version of its CSV).`,
    );
  }
  const place = parseReference(options.artifact ?? `packages.local/${name}-bundle:v${version}`);
  if (!place)
    throw new PackageError('InvalidInput', `--artifact ${options.artifact} is not the name of an image.`);
  const { registry, repository, tag } = place;
  const bundleFiles = new Map([...files].filter(([path]) => /^(manifests|metadata|tests)\//.test(path)));
  const image = draftImage(
    { registry, repository, tag, type: 'Bundle' },
    { mediaType: mediaTypes.layer, bytes: await tarOf(bundleFiles) },
    {
      mediaType: mediaTypes.config,
      bytes: Buffer.from(
        JSON.stringify({
          architecture: 'amd64',
          os: 'linux',
          config: { Labels: annotations },
          rootfs: { type: 'layers', diff_ids: [] },
        }),
      ),
    },
  );
  const channels = (annotations[`${prefix}channels.v1`] ?? '').split(',').flatMap((it) => it.trim() || []);
  const preferred = annotations[`${prefix}channel.default.v1`] ?? channels[0];
  const displayName = spec?.displayName || name;
  const notes = metadata?.annotations ?? {};
  return {
    draft: {
      manifest: {
        formatVersion: 1,
        packageType: 'OperatorBundle',
        name,
        displayName: { en: displayName, zh: displayName },
        version,
        channels: channels.map((channel) => ({ channel, defaultChannel: channel === preferred })),
        architectures: [],
        ...(notes['provider-type'] ? { providerType: notes['provider-type'] } : {}),
        ...(notes.description ? { description: notes.description } : {}),
        catalogSource: options.catalogSource,
        artifact: image.image,
        relatedImages: [],
      },
      images: [image],
    },
    related: relatedImages(csv),
    declared: Object.entries(metadata?.labels ?? {}).flatMap(([label, value]) => {
      const [, architecture] = /^operatorframework\.io\/arch\.(\w+)$/.exec(label) ?? [];
      return architecture && value === 'supported' ? [architecture] : [];
    }),
  };
}

function csvOf(files: FolderFiles): z.infer<typeof csvSchema> {
  const csvs = [...files].flatMap(([path, bytes]) => {
    if (!/^manifests\/[^/]+\.(ya?ml|json)$/.test(path)) return [];
    const text = bytes.toString('utf8');
    const { kind } = parseYaml(text, kindSchema, path);
    return kind === 'ClusterServiceVersion' ? [parseYaml(text, csvSchema, path)] : [];
  });
  const [csv] = csvs;
  if (csv && csvs.length === 1) return csv;
  throw new PackageError(
    'InvalidInput',
    `The bundle has ${csvs.length} ClusterServiceVersions in manifests/, not one.`,
  );
}

/** What the CSV lists, and what its deployments run. */
function relatedImages({ spec }: z.infer<typeof csvSchema>): string[] {
  const install = deploymentsSchema.safeParse(spec?.install);
  const running = install.success ? imagesIn(install.data.spec.deployments) : [];
  return [...new Set([...(spec?.relatedImages ?? []).map(({ image }) => image), ...running])];
}

function imagesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(imagesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    key === 'image' && typeof part === 'string' ? [part] : imagesIn(part),
  );
}

function readOne<T>(files: FolderFiles, name: RegExp, schema: z.ZodType<T>): T {
  const [path = '', bytes] = [...files].find(([file]) => name.test(file)) ?? [];
  return parseYaml(bytes?.toString('utf8') ?? '', schema, path);
}
