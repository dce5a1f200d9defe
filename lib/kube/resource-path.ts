import type { ResourceRef } from './types';

/** The path of a resource, a collection or an object; every foreign part is encoded. */
export function resourcePath(
  ref: ResourceRef,
  options: { namespace?: string; name?: string; subresource?: string } = {},
): string {
  const root = ref.group ? `/apis/${ref.group}/${ref.version}` : `/api/${ref.version}`;
  const parts = [
    ...(options.namespace ? ['namespaces', options.namespace] : []),
    ref.resource,
    ...(options.name ? [options.name] : []),
    ...(options.subresource ? [options.subresource] : []),
  ];
  for (const part of parts) {
    // URL parsers resolve dot segments after encoding, so a name of dots could leave its collection.
    if (part === '.' || part === '..') throw new RangeError(`"${part}" is not a name`);
  }
  return `${root}/${parts.map(encodeURIComponent).join('/')}`;
}
