import type { PackageImage } from '../contract';

/** `registry/repository:tag`, as `violet show` and a cluster name an image. */
export function imageReference({ registry, repository, tag }: Omit<PackageImage, 'digest' | 'type'>): string {
  return `${registry}/${repository}:${tag}`;
}

/**
 * Takes `harbor.demo.io/acp/x:v1` or `…@sha256:…` apart, as the distribution specification reads it: the first part
 * is a host only when it has a dot or a port or is `localhost`; without one it is Docker's registry.
 */
export function parseReference(
  reference: string,
): { registry: string; repository: string; tag: string; digest?: string } | undefined {
  if (reference.length > 1024) return undefined;
  const [named = '', digest] = reference.split('@');
  if (digest !== undefined && !/^sha256:[0-9a-f]{64}$/.test(digest)) return undefined;
  const slash = named.indexOf('/');
  const first = slash < 0 ? '' : named.slice(0, slash);
  const hosted = first === 'localhost' || first.includes('.') || first.includes(':');
  const path = hosted ? named.slice(slash + 1) : named;
  const colon = path.lastIndexOf(':');
  const name = colon < 0 ? path : path.slice(0, colon);
  const tag = colon < 0 ? (digest ? digest.slice(7, 19) : 'latest') : path.slice(colon + 1);
  if (!/^[a-z0-9][a-z0-9._/-]*$/.test(name) || !/^[\w][\w.-]{0,127}$/.test(tag)) return undefined;
  return {
    registry: hosted ? first : 'docker.io',
    repository: hosted || name.includes('/') ? name : `library/${name}`,
    tag,
    ...(digest ? { digest } : {}),
  };
}
