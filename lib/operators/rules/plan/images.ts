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
  return [...keys].flatMap((key): ImageChange[] => {
    const [from, to] = [old.get(key)?.image, fresh.get(key)?.image];
    const image = fresh.get(key) ?? old.get(key);
    if (!image || from === to) return [];
    const moved = from !== undefined && to !== undefined && repositoryOf(from) !== repositoryOf(to);
    return [
      { kind: image.kind, name: image.name, from, to, moved, byTag: to !== undefined && !to.includes('@') },
    ];
  });
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
  const containers = deployments.flatMap((deployment) => {
    const pod = field(field(field(deployment, 'spec'), 'template'), 'spec');
    const all = [
      ...list(field(pod, 'initContainers'), (it) => it),
      ...list(field(pod, 'containers'), (it) => it),
    ];
    return all.map((container) => ({
      kind: 'container' as const,
      name: `${text(field(deployment, 'name'), 253)}/${text(field(container, 'name'), 253)}`,
      image: text(field(container, 'image'), 1000),
    }));
  });
  const related = list(
    field(spec, 'relatedImages'),
    (value) => ({
      kind: 'related' as const,
      name: text(field(value, 'name'), 253) || repositoryOf(text(field(value, 'image'), 1000)),
      image: text(field(value, 'image'), 1000),
    }),
    1000,
  );
  return new Map(
    [...containers, ...related]
      .filter(({ image }) => image !== '')
      .map((image) => [`${image.kind}/${image.name}`, image]),
  );
}

function repositoryOf(image: string): string {
  const withoutDigest = image.split('@')[0] ?? '';
  const colon = withoutDigest.lastIndexOf(':');
  // A colon before the last slash belongs to the registry's port.
  return colon > withoutDigest.lastIndexOf('/') ? withoutDigest.slice(0, colon) : withoutDigest;
}
