import type { ResourceRef } from './types';

/**
 * The path of a resource, a collection or an object. Every part is encoded, group and version too: catalogues and
 * packages name APIs of their own.
 * @throws RangeError for a part that is no name but a way to another place
 */
export function resourcePath(
  ref: ResourceRef,
  options: { namespace?: string; name?: string; subresource?: string } = {},
): string {
  const parts = [
    ...(ref.group ? ['apis', ref.group, ref.version] : ['api', ref.version]),
    ...(options.namespace ? ['namespaces', options.namespace] : []),
    ref.resource,
    ...(options.name ? [options.name] : []),
    ...(options.subresource ? [options.subresource] : []),
  ];
  for (const part of parts) {
    // URL parsers resolve dot segments after encoding, so a name of dots could leave its collection.
    if (part === '.' || part === '..') throw new RangeError(`"${part}" is not a name`);
  }
  return `/${parts.map(encodeURIComponent).join('/')}`;
}
