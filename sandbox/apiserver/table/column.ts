import type { KubeObject } from '../../client/types.ts';

/** A column of a Table (`meta.k8s.io/v1 TableColumnDefinition`) with the way to its cell. */
export interface Column {
  name: string;
  type: string;
  format: string;
  description: string;
  priority: number;
  cell(object: KubeObject): unknown;
}
