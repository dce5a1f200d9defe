import 'server-only';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PackageError, packageManifestSchema } from '../../contract';
import { chartDraft, isChart } from './chart-folder';
import { findImage } from './image-layouts';
import { bundleDraft, isBundle } from './operator-bundle';
import { readFolder } from './read-folder';
import { writeArchive } from './write-archive';

export interface CreateOptions {
  /** The name that the bundle or chart gets, `registry/repository:tag`. */
  artifact?: string;
  /** Folders in OCI layout form that have the images. */
  images: readonly string[];
  /** Pack the bundle or chart only. */
  skipImages?: boolean;
  /** `linux/amd64` and such; what the images say unless given. */
  platforms?: readonly string[];
  /** The catalog that an operator is for. */
  catalogSource?: string;
  /** A file, or the folder that gets `<name>.v<version>.tgz`. */
  output: string;
  signal?: AbortSignal;
}

/**
 * Packs an operator bundle folder, a cluster plugin's chart folder, or a chart folder with the images that they name.
 * @returns the path of the package
 * @throws PackageError that says what is missing
 */
export async function createPackage(folder: string, options: CreateOptions): Promise<string> {
  if (!(await stat(folder).catch(() => undefined))?.isDirectory()) {
    throw new PackageError('InvalidInput', `${folder} is not a folder.`);
  }
  const files = await readFolder(folder);
  const { catalogSource = 'platform', artifact } = options;
  const named = artifact === undefined ? {} : { artifact };
  if (!isBundle(files) && !isChart(files)) {
    throw new PackageError(
      'InvalidInput',
      `${folder} is neither an operator bundle (metadata/annotations.yaml) nor a chart (Chart.yaml).`,
    );
  }
  const { draft, related, declared } = isBundle(files)
    ? await bundleDraft(files, { ...named, catalogSource })
    : await chartDraft(files, named);
  if (!options.skipImages) {
    for (const reference of related) draft.images.push(await findImage(reference, options.images));
  }
  const found = [...new Set(draft.images.flatMap(({ architectures }) => architectures))];
  const chosen = options.platforms ?? (found.length > 0 ? found : declared);
  const manifest = packageManifestSchema.safeParse({
    ...draft.manifest,
    architectures: (chosen.length > 0 ? chosen : ['amd64']).map((it) => it.replace(/^linux\//, '')),
    relatedImages: draft.images.slice(1).map(({ image }) => image),
  });
  if (!manifest.success) {
    const [issue] = manifest.error.issues;
    throw new PackageError('InvalidInput', `${folder}: ${issue?.path.join('.')}: ${issue?.message}.`);
  }
  const { name, version } = manifest.data;
  const isFolder = (await stat(options.output).catch(() => undefined))?.isDirectory() ?? false;
  const file = isFolder ? join(options.output, `${name}.v${version.replace(/^v/, '')}.tgz`) : options.output;
  await writeArchive({ ...draft, manifest: manifest.data }, file, options.signal);
  return file;
}
