import { hasReason } from '../../client/status-error.ts';
import type { ResourceRef } from '../../client/types.ts';
import { type ClusterServiceVersion, copiedFromLabel } from '../api.ts';
import { changeObject, type OlmContext } from '../context.ts';
import { refs } from '../refs.ts';

export const csvFinalizer = 'operators.coreos.com/csv-cleanup';

/** Removes what owner references can't reach (cluster scope, other namespaces) and lets the CSV go. CRDs stay. */
export async function cleanUp(olm: OlmContext, csv: ClusterServiceVersion): Promise<void> {
  if (!csv.metadata.finalizers?.includes(csvFinalizer)) return;
  const { client } = olm.cluster;
  const { namespace = '', name = '' } = csv.metadata;
  const labelSelector = `olm.owner=${name},olm.owner.namespace=${namespace},olm.owner.kind=ClusterServiceVersion`;
  await client.deleteCollection(refs.clusterRoleBindings, { labelSelector });
  await client.deleteCollection(refs.clusterRoles, { labelSelector });
  for (const copy of olm.csvs.list()) {
    const { labels, name: copyName, namespace: copyNamespace } = copy.metadata;
    if (copyName === name && labels?.[copiedFromLabel] === namespace) {
      await deleteIfThere(olm, refs.clusterServiceVersions, copyNamespace, name);
    }
  }
  await changeObject<ClusterServiceVersion>(
    client,
    refs.clusterServiceVersions,
    { namespace, name },
    (latest) => {
      if (latest.metadata.uid !== csv.metadata.uid) return false;
      latest.metadata.finalizers = (latest.metadata.finalizers ?? []).filter((it) => it !== csvFinalizer);
      return true;
    },
  );
}

export async function deleteIfThere(
  olm: OlmContext,
  ref: ResourceRef,
  namespace: string | undefined,
  name: string,
): Promise<void> {
  try {
    await olm.cluster.client.delete(ref, { namespace, name });
  } catch (error) {
    if (!hasReason(error, 'NotFound')) throw error;
  }
}
