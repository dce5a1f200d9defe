import { field, list, text } from '../untrusted';

/** An image that an operator runs, or names in `relatedImages` because it lets others run it. */
export interface ImageChange {
  kind: 'container' | 'related';
  /** `deployment/container`, or the name among the related images. */
  name: string;
  from?: string;
  to?: string;
  /** It comes from another registry or repository than before. */
  moved: boolean;
  /** The new one is named by tag, so its content may change without a new version. */
  byTag: boolean;
}

/** The images that differ between two ClusterServiceVersions; without the first one all of the second are new. */
export function compareImages(before: unknown, after: unknown): ImageChange[] {
  const [old, fresh] = [imagesOf(before), imagesOf(after)];
  const keys = new Set([...old.keys(), ...fresh.keys()]);
  const [oldImages, freshImages] = [imageSet(old), imageSet(fresh)];
  return [...keys].flatMap((key): ImageChange[] => {
    const [from, to] = [old.get(key)?.image, fresh.get(key)?.image];
    const image = fresh.get(key) ?? old.get(key);
    if (!image || from === to) return [];
    // Only called otherwise than before.
    const renamed =
      from === undefined ? oldImages.has(image.image) : to === undefined && freshImages.has(from);
    if (image.kind === 'related' && renamed) return [];
    const moved = from !== undefined && to !== undefined && repositoryOf(from) !== repositoryOf(to);
    return [
      { kind: image.kind, name: image.name, from, to, moved, byTag: to !== undefined && !to.includes('@') },
    ];
  });
}

function imageSet(images: ReadonlyMap<string, NamedImage>): Set<string> {
  return new Set([...images.values()].map(({ image }) => image));
}

interface NamedImage {
  kind: ImageChange['kind'];
  name: string;
  image: string;
}

function imagesOf(clusterServiceVersion: unknown): Map<string, NamedImage> {
  const spec = field(clusterServiceVersion, 'spec');
  const deployments = list(
    field(field(field(spec, 'install'), 'spec'), 'deployments'),
    (value) => value,
    100,
  );
  const containers: NamedImage[] = [];
  const variables: NamedImage[] = [];
  for (const deployment of deployments) {
    const pod = field(field(field(deployment, 'spec'), 'template'), 'spec');
    const all = [
      ...list(field(pod, 'initContainers'), (it) => it),
      ...list(field(pod, 'containers'), (it) => it),
    ];
    for (const container of all) {
      const name = `${text(field(deployment, 'name'), 253)}/${text(field(container, 'name'), 253)}`;
      containers.push({ kind: 'container', name, image: text(field(container, 'image'), 1000) });
      variables.push(...list(field(container, 'env'), relatedVariable, 500));
    }
  }
  const related = list(
    field(spec, 'relatedImages'),
    (value) => ({
      kind: 'related' as const,
      name: text(field(value, 'name'), 253) || repositoryOf(text(field(value, 'image'), 1000)),
      image: text(field(value, 'image'), 1000),
    }),
    1000,
  );
  // Tools that fill `relatedImages` take them from these variables, so most are there under another name.
  const named = new Set(related.map(({ image }) => image));
  return new Map(
    [...containers, ...variables.filter(({ image }) => !named.has(image)), ...related]
      .filter(({ image }) => image !== '')
      .map((image) => [`${image.kind}/${image.name}`, image]),
  );
}

/** By convention of operators the images that they let others run stand in variables of this name. */
function relatedVariable(variable: unknown): NamedImage | undefined {
  const name = text(field(variable, 'name'), 253);
  if (!name.startsWith('RELATED_IMAGE_')) return undefined;
  return { kind: 'related', name, image: text(field(variable, 'value'), 1000) };
}

function repositoryOf(image: string): string {
  const withoutDigest = image.split('@')[0] ?? '';
  const colon = withoutDigest.lastIndexOf(':');
  // A colon before the last slash belongs to the registry's port.
  return colon > withoutDigest.lastIndexOf('/') ? withoutDigest.slice(0, colon) : withoutDigest;
}
