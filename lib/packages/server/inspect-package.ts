import 'server-only';
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import {
  PackageError,
  type PackageImage,
  type PackageManifest,
  type PackageSummary,
  packageManifestSchema,
} from '../contract';
import { imageReference } from '../rules/image-reference';
import { summarise } from '../rules/summary';
import { type ArchivedChart, chartOfArchive } from './archive/chart-archive';
import { type Descriptor, indexSchema, isIndex, manifestSchema, refName } from './archive/oci';
import { parseYaml } from './archive/parse-yaml';
import { type ArchiveEntry, type ArchiveLimits, readEntries } from './archive/read-entries';
import { type ModulePluginFile, parseModulePlugin } from './module-plugin';

/** A manifest or index, which a registry takes as such and not as a blob. */
export interface PackedDocument {
  digest: string;
  mediaType: string;
  bytes: Buffer;
}

/** One image of a package, sound in itself: all it names is there. */
export interface PackedImage {
  image: Omit<PackageImage, 'registry'> & { registry?: string };
  /** In the order in which a registry takes them; the last one is what the tag names. */
  documents: PackedDocument[];
  blobs: { digest: string; size: number }[];
}

/** A package that has been read to its end and found sound. */
export interface InspectedPackage {
  file: string;
  /** Bytes of the file itself. */
  fileSize: number;
  summary: PackageSummary;
  /** Absent for a plain Helm chart archive. */
  manifest?: PackageManifest;
  /** The ModulePlugin of a cluster plugin. */
  modulePlugin?: ModulePluginFile;
  /** A plain Helm chart archive. */
  chart?: ArchivedChart;
  images: PackedImage[];
}

const maxDocumentBytes = 4 * 1024 ** 2;
const maxDocumentsBytes = 64 * 1024 ** 2;
const maxTextBytes = 4 * 1024 ** 2;

interface Contents {
  texts: Map<string, Buffer>;
  /** Size by digest. */
  blobs: Map<string, number>;
  /** Blobs that may be manifests: small, and JSON by their first byte. */
  documents: Map<string, Buffer>;
  foreign: string | undefined;
}

/**
 * Reads a package to its end and checks all of it: the archive, every digest, and that every image is complete.
 * Nothing is written. Memory does not grow with the package.
 * @throws PackageError, whose message says what is wrong with the file
 */
export async function inspectPackage(
  file: string,
  options: { limits?: ArchiveLimits; signal?: AbortSignal } = {},
): Promise<InspectedPackage> {
  const contents: Contents = {
    texts: new Map(),
    blobs: new Map(),
    documents: new Map(),
    foreign: undefined,
  };
  for await (const entry of readEntries(file, options)) await take(entry, contents, file);
  const fileSize = (await stat(file)).size;
  const text = contents.texts.get('package.yaml');
  if (!text) {
    const chart = await chartOfArchive(file, contents.texts, options.signal);
    return { file, fileSize, ...chart };
  }
  if (contents.foreign !== undefined) {
    throw invalid(file, `holds ${JSON.stringify(contents.foreign)}, which no package has`);
  }
  const manifest = parseYaml(text.toString('utf8'), packageManifestSchema, `${file}: package.yaml`);
  checkType(manifest, file);
  const images = imagesOf(manifest, contents, file);
  const size = [...contents.blobs.values()].reduce((sum, bytes) => sum + bytes, 0);
  const plugin = contents.texts.get('module-plugin.yaml')?.toString('utf8');
  return {
    file,
    fileSize,
    summary: summarise(manifest, size),
    manifest,
    ...(manifest.packageType === 'ModulePlugin'
      ? { modulePlugin: parseModulePlugin(plugin, manifest, file) }
      : {}),
    images,
  };
}

const texts = ['package.yaml', 'module-plugin.yaml', 'oci-layout', 'index.json'];

async function take(entry: ArchiveEntry, contents: Contents, file: string): Promise<void> {
  const { path, size } = entry;
  const [, hex] = /^blobs\/sha256\/([0-9a-f]{64})$/.exec(path) ?? [];
  if (hex !== undefined) return takeBlob(`sha256:${hex}`, entry, contents, file);
  if (!texts.includes(path) && !/^[^/]+\/Chart\.yaml$/.test(path)) {
    contents.foreign ??= path;
    return undefined;
  }
  if (contents.texts.has(path)) throw invalid(file, `holds ${path} twice`);
  if (size > maxTextBytes) throw invalid(file, `holds ${path} of ${size} bytes, which is too long`);
  contents.texts.set(path, await collect(entry));
}

async function takeBlob(
  digest: string,
  entry: ArchiveEntry,
  contents: Contents,
  file: string,
): Promise<void> {
  if (contents.blobs.has(digest)) throw invalid(file, `holds blob ${digest} twice`);
  contents.blobs.set(digest, entry.size);
  const hash = createHash('sha256');
  const kept: Uint8Array[] | undefined = entry.size <= maxDocumentBytes ? [] : undefined;
  for await (const chunk of entry.bytes) {
    hash.update(chunk);
    kept?.push(chunk);
  }
  const found = `sha256:${hash.digest('hex')}`;
  if (found !== digest) {
    throw new PackageError(
      'CorruptPackage',
      `${file} is damaged: the blob named ${digest} has the digest ${found}. Copy or download the package again.`,
    );
  }
  if (kept?.[0]?.[0] !== '{'.charCodeAt(0)) return;
  const bytes = Buffer.concat(kept);
  const held = [...contents.documents.values()].reduce((sum, { length }) => sum + length, bytes.length);
  if (held > maxDocumentsBytes) throw invalid(file, 'holds more manifests than any package');
  contents.documents.set(digest, bytes);
}

async function collect({ bytes }: ArchiveEntry): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function checkType({ packageType, artifact, relatedImages }: PackageManifest, file: string): void {
  const wanted = packageType === 'OperatorBundle' ? 'Bundle' : 'Chart';
  if (artifact.type !== wanted) {
    throw invalid(file, `is of type ${packageType}, but its artifact is a ${artifact.type}, not a ${wanted}`);
  }
  const names = [artifact, ...relatedImages].map(({ repository, tag }) => `${repository}:${tag}`);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw invalid(file, `names the image ${twice} twice`);
}

function imagesOf(manifest: PackageManifest, contents: Contents, file: string): PackedImage[] {
  const text = contents.texts.get('index.json');
  if (!text || !contents.texts.has('oci-layout')) throw invalid(file, 'holds no OCI image layout');
  const index = parseYaml(text.toString('utf8'), indexSchema, `${file}: index.json`);
  return [manifest.artifact, ...manifest.relatedImages].map((image) => {
    const reference = imageReference(image);
    const root = index.manifests.find(({ annotations }) => annotations?.[refName] === reference);
    if (!root) throw corrupt(file, `names the image ${reference}, but index.json does not`);
    if (root.digest !== image.digest) {
      throw corrupt(file, `says that ${reference} is ${image.digest}, but index.json says ${root.digest}`);
    }
    return packedImage(image, root, contents, file);
  });
}

function packedImage(image: PackageImage, root: Descriptor, contents: Contents, file: string): PackedImage {
  const documents = new Map<string, PackedDocument>();
  const blobs = new Map<string, number>();
  const read = (descriptor: Descriptor, depth: number) => {
    const bytes = contents.documents.get(descriptor.digest);
    if (!bytes) throw lacks(descriptor);
    if (bytes.length !== descriptor.size) throw corrupt(file, `has a wrong size for ${descriptor.digest}`);
    const { digest, mediaType } = descriptor;
    const where = `${file}: ${digest}`;
    if (isIndex(descriptor)) {
      if (depth > 2) throw corrupt(file, 'nests image indexes too deeply');
      for (const child of parseYaml(bytes.toString('utf8'), indexSchema, where).manifests) {
        read(child, depth + 1);
      }
    } else {
      const { config, layers } = parseYaml(bytes.toString('utf8'), manifestSchema, where);
      for (const blob of [config, ...layers]) {
        const size = contents.blobs.get(blob.digest);
        if (size === undefined) throw lacks(blob);
        if (size !== blob.size) throw corrupt(file, `has a wrong size for ${blob.digest}`);
        blobs.set(blob.digest, blob.size);
      }
    }
    documents.set(digest, { digest, mediaType, bytes });
  };
  const lacks = ({ digest }: Descriptor) =>
    corrupt(file, `is incomplete: ${imageReference(image)} needs ${digest}, which it lacks`);
  read(root, 0);
  return {
    image,
    documents: [...documents.values()],
    blobs: [...blobs].map(([digest, size]) => ({ digest, size })),
  };
}

function invalid(file: string, what: string): PackageError {
  return new PackageError('InvalidPackage', `${file} ${what}.`);
}

function corrupt(file: string, what: string): PackageError {
  return new PackageError('CorruptPackage', `${file} ${what}. Copy or download the package again.`);
}
