import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import type { KubeObject } from '../client/types.ts';

const root = fileURLToPath(new URL('.', import.meta.url));

const reference = z.object({ schema: z.string(), name: z.string().optional() });
const entry = z.object({
  name: z.string(),
  replaces: z.string().optional(),
  skips: z.array(z.string()).default([]),
  skipRange: z.string().optional(),
});
const image = z.object({ name: z.string(), image: z.string() });

const blob = z.discriminatedUnion('schema', [
  z.strictObject({
    schema: z.literal('olm.package'),
    name: z.string(),
    defaultChannel: z.string(),
    description: z.string().min(100),
    icon: z.object({ base64data: z.string(), mediatype: z.literal('image/svg+xml') }),
  }),
  z.strictObject({
    schema: z.literal('olm.channel'),
    name: z.string(),
    package: z.string(),
    entries: z.array(entry).min(1),
  }),
  z.strictObject({
    schema: z.literal('olm.bundle'),
    name: z.string(),
    package: z.string(),
    image: z.string(),
    properties: z.array(z.object({ type: z.string(), value: z.record(z.string(), z.unknown()) })),
    relatedImages: z.array(image),
  }),
  z.strictObject({
    schema: z.literal('olm.deprecations'),
    package: z.string(),
    entries: z.array(z.object({ reference, message: z.string().min(20) })).min(1),
  }),
]);

type Blob = z.infer<typeof blob>;
export type Channel = Extract<Blob, { schema: 'olm.channel' }>;
export type Bundle = Extract<Blob, { schema: 'olm.bundle' }>;

export interface CatalogPackage {
  catalog: string;
  /** The folder's name. */
  folder: string;
  definition: Extract<Blob, { schema: 'olm.package' }>;
  channels: Channel[];
  bundles: Bundle[];
  deprecations: Extract<Blob, { schema: 'olm.deprecations' }>[];
}

/** All documents of a YAML file. Throws naming the file when it is not sound YAML (double keys included). */
export function readYaml(path: string): unknown[] {
  const file = path.startsWith('/') ? path : join(root, path);
  return parseAllDocuments(readFileSync(file, 'utf8')).map((document) => {
    const [error] = document.errors;
    if (error) throw new Error(`${file}: ${error.message}`);
    return document.toJS();
  });
}

/** Every package of the catalogs that the sandbox starts with. Throws naming the file for what `opm` would refuse. */
export function readPackages(): CatalogPackage[] {
  return ['platform', 'custom', 'system'].flatMap((catalog) =>
    readdirSync(join(root, 'catalogs', catalog)).map((folder) => {
      const file = join('catalogs', catalog, folder, 'catalog.yaml');
      const blobs = readYaml(file).map((document) => {
        const parsed = blob.safeParse(document);
        if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`);
        return parsed.data;
      });
      const definition = blobs.find((each) => each.schema === 'olm.package');
      if (!definition) throw new Error(`${file}: no olm.package`);
      return {
        catalog,
        folder,
        definition,
        channels: blobs.filter((each) => each.schema === 'olm.channel'),
        bundles: blobs.filter((each) => each.schema === 'olm.bundle'),
        deprecations: blobs.filter((each) => each.schema === 'olm.deprecations'),
      };
    }),
  );
}

/** The values of a bundle's properties of that type, in their order. */
export const valuesOf = (bundle: Bundle, type: string) =>
  bundle.properties.filter((property) => property.type === type).map((property) => property.value);

/** The names of the folders that stand for bundle images. */
export const imageFolders = (): string[] => readdirSync(join(root, 'bundles'));

/** How the image registry names the folder of an image. */
export const folderOf = (name: string): string => name.replaceAll(/[/:]/g, '_');

export interface BundleImage {
  csv: z.infer<typeof csvSchema>;
  crds: KubeObject[];
  annotations: Record<string, string>;
  dependencies: { type: string; value: Record<string, string> }[];
}

const deployment = z.object({
  name: z.string(),
  spec: z.object({
    template: z.object({
      spec: z.object({
        serviceAccountName: z.string(),
        containers: z.array(z.object({ image: z.string() })),
      }),
    }),
  }),
});
const permission = z.object({ serviceAccountName: z.string() });
const crdDescription = z.looseObject({ name: z.string(), kind: z.string(), version: z.string() });
const csvSchema = z.object({
  kind: z.literal('ClusterServiceVersion'),
  metadata: z.object({
    name: z.string(),
    annotations: z.record(z.string(), z.string()),
    labels: z.record(z.string(), z.string()),
  }),
  spec: z.looseObject({
    version: z.string(),
    replaces: z.string().optional(),
    skips: z.array(z.string()).default([]),
    installModes: z.array(z.object({ type: z.string(), supported: z.boolean() })),
    customresourcedefinitions: z.looseObject({ owned: z.array(crdDescription) }),
    relatedImages: z.array(image),
    install: z.object({
      strategy: z.literal('deployment'),
      spec: z.object({
        deployments: z.array(deployment).min(1),
        permissions: z.array(permission),
        clusterPermissions: z.array(permission).default([]),
      }),
    }),
  }),
});
const kubeObject = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }),
});
const metadataFile = z.object({ annotations: z.record(z.string(), z.string()) });
const dependenciesFile = z.object({
  dependencies: z.array(z.object({ type: z.string(), value: z.record(z.string(), z.string()) })),
});

/** The content of a bundle image; `undefined` when the registry has no such folder. Throws when a file is not sound. */
export function readImage(name: string): BundleImage | undefined {
  const folder = join(root, 'bundles', folderOf(name));
  if (!existsSync(folder)) return undefined;
  const objects = readdirSync(join(folder, 'manifests')).map((file) => {
    const documents = readYaml(join(folder, 'manifests', file));
    if (documents.length !== 1) throw new Error(`${basename(folder)}/${file}: not one object`);
    return kubeObject.parse(documents[0]);
  });
  const dependencies = join(folder, 'metadata', 'dependencies.yaml');
  return {
    csv: csvSchema.parse(objects.find((each) => each.kind === 'ClusterServiceVersion')),
    crds: objects.filter((each) => each.kind === 'CustomResourceDefinition'),
    annotations: metadataFile.parse(readYaml(join(folder, 'metadata', 'annotations.yaml'))[0]).annotations,
    dependencies: existsSync(dependencies)
      ? dependenciesFile.parse(readYaml(dependencies)[0]).dependencies
      : [],
  };
}
