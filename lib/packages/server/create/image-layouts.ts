import 'server-only';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PackageError, type PackageImage } from '../../contract';
import { imageReference, parseReference } from '../../rules/image-reference';
import { type Descriptor, indexSchema, isIndex, manifestSchema, refName } from '../archive/oci';
import { parseYaml } from '../archive/parse-yaml';
import { blobOf, type DraftBlob, type DraftImage } from './draft';

const maxDocumentBytes = 4 * 1024 ** 2;

/**
 * Finds an image in folders in OCI layout form, as `skopeo copy docker://… oci:<folder>:<image>` leaves them.
 * @throws PackageError when none has it, or has it in part
 */
export async function findImage(reference: string, layouts: readonly string[]): Promise<DraftImage> {
  const parsed = parseReference(reference);
  if (!parsed) throw new PackageError('InvalidInput', `${reference} is not the name of an image.`);
  const { digest: wanted, ...place } = parsed;
  for (const layout of layouts) {
    const file = join(layout, 'index.json');
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text === undefined) throw new PackageError('InvalidInput', `${layout} is no OCI image layout.`);
    const names = [reference, imageReference(place)];
    const root = parseYaml(text, indexSchema, file).manifests.find(
      ({ annotations, digest }) => names.includes(annotations?.[refName] ?? '') || digest === wanted,
    );
    if (root) return readImage({ ...place, digest: root.digest, type: 'Image' }, root, layout);
  }
  throw new PackageError(
    'InvalidInput',
    `The image ${reference} is in none of the layouts that --images names. Put it there with ` +
      `"skopeo copy docker://${reference} oci:<folder>:${reference}", or leave images out with --skip-package-images.`,
  );
}

async function readImage(image: PackageImage, root: Descriptor, layout: string): Promise<DraftImage> {
  const blobs = new Map<string, DraftBlob>();
  const architectures = new Set<string>();
  const path = (digest: string) => join(layout, 'blobs', 'sha256', digest.slice('sha256:'.length));
  const read = async (descriptor: Descriptor, depth: number): Promise<void> => {
    const where = path(descriptor.digest);
    if (descriptor.size > maxDocumentBytes || depth > 3) throw unsound(where);
    const bytes = await readFile(where).catch(() => undefined);
    if (!bytes || blobOf(bytes).digest !== descriptor.digest) throw unsound(where);
    blobs.set(descriptor.digest, blobOf(bytes));
    if (isIndex(descriptor)) {
      for (const child of parseYaml(bytes.toString('utf8'), indexSchema, where).manifests) {
        if (child.platform && child.platform.architecture !== 'unknown') {
          architectures.add(child.platform.architecture);
        }
        await read(child, depth + 1);
      }
      return;
    }
    const { config, layers } = parseYaml(bytes.toString('utf8'), manifestSchema, where);
    for (const { digest, size } of [config, ...layers]) {
      const found = await stat(path(digest)).catch(() => undefined);
      if (found?.size !== size) throw unsound(path(digest));
      blobs.set(digest, { digest, size, source: path(digest) });
    }
    if (depth === 0) architectures.add(await architectureOf(path(config.digest)));
  };
  await read(root, 0);
  return { image, root, blobs: [...blobs.values()], architectures: [...architectures].filter(Boolean) };
}

async function architectureOf(config: string): Promise<string> {
  const text = await readFile(config, 'utf8');
  const { architecture } = JSON.parse(text) as { architecture?: unknown };
  return typeof architecture === 'string' ? architecture : '';
}

function unsound(path: string): PackageError {
  return new PackageError('InvalidInput', `${path} is missing or is not what its name says.`);
}
