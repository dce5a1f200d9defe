import type { KubeObject } from '../../client/types.ts';
import type { Column } from './column.ts';

/** How much of each object a Table row carries (`includeObject` of TableOptions). */
export type IncludeObject = 'None' | 'Metadata' | 'Object';

/** A `meta.k8s.io/v1 Table` of objects. Column definitions are left out of all but the first event of a watch. */
export function tableOf(
  columns: readonly Column[],
  objects: readonly KubeObject[],
  {
    metadata = {},
    include = 'Metadata',
    headless = false,
  }: { metadata?: unknown; include?: IncludeObject; headless?: boolean } = {},
) {
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: headless
      ? null
      : columns.map(({ name, type, format, description, priority }) => ({
          name,
          type,
          format,
          description,
          priority,
        })),
    rows: objects.map((object) => ({
      cells: columns.map((column) => column.cell(object)),
      ...(include === 'None' ? {} : { object: include === 'Object' ? object : partialMetadata(object) }),
    })),
  };
}

/** An object reduced to its metadata, as rows of a Table carry it. */
export function partialMetadata(object: KubeObject) {
  return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata };
}
