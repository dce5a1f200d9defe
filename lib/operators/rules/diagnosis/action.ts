import type { CureAction } from '../../diagnosis-contract';
import type { ManifestObject } from '../objects';

/** One write to the cluster, with the object as it was seen. */
export type Write =
  | { verb: 'create'; kind: WrittenKind; namespace: string; name: string; manifest: ManifestObject }
  | { verb: 'delete'; kind: WrittenKind; namespace: string; name: string; uid: string }
  | {
      verb: 'patch';
      kind: WrittenKind;
      namespace: string;
      name: string;
      /** RFC 7396; holds the uid, so that another object of the name is never changed. */
      patch: Record<string, unknown>;
    };

export type WrittenKind =
  | 'Subscription'
  | 'ClusterServiceVersion'
  | 'OperatorGroup'
  | 'CatalogSource'
  | 'Job'
  | 'Pod';

/** Something that a page can offer against a cause: with writes it is a button, without it leads to another page. */
export type Action = Omit<CureAction, 'changes'> & { writes: readonly Write[] };

/** An action that only leads to a page. */
export function lead(id: Action['id'], values: Record<string, string> = {}, safe = true): Action {
  return { id, safe, target: '', values, writes: [] };
}
