import 'server-only';
import type { GlobalContext } from '@/lib/kube/context';
import { ProblemError } from '@/lib/kube/problem';
import type { KubeObject } from '@/lib/kube/types';
import type { ResourceOptionsQuery } from '../contract-inputs';
import { findResource } from './find-resource';

const MAX_OPTIONS = 1000;
// Asking for these is more than choosing from what is there: their lists hold what must not be listed idly.
const refusedGroups = ['authentication.k8s.io', 'authorization.k8s.io', 'certificates.k8s.io'];

/**
 * Names of the objects that a form's picker offers, read with the user's own rights from the cluster
 * that the plugin goes to or from the global one. Only names leave the server, of Secrets too.
 * @throws ProblemError `not-found` when the cluster has no such kind; KubeError when the user may not list it
 */
export async function listResourceOptions(
  context: GlobalContext,
  { kind, global, namespace, labelSelector, fieldSelector }: ResourceOptionsQuery,
): Promise<{ items: { name: string; namespace?: string }[]; truncated: boolean }> {
  const kube = global === 'true' ? context.global : context.kube;
  const resource = await findResource(kube, kind);
  if (!resource || refusedGroups.includes(resource.ref.group)) {
    throw new ProblemError(
      'not-found',
      `Cluster "${kube.cluster}" has no kind "${kind}" that could be chosen from.`,
      { cluster: kube.cluster, verb: 'list', resource: kind },
    );
  }
  const { items } = await kube.list<KubeObject>(resource.ref, {
    ...(resource.namespaced && namespace ? { namespace } : {}),
    ...(labelSelector ? { labelSelector } : {}),
    ...(fieldSelector ? { fieldSelector } : {}),
  });
  return {
    items: items
      .map(({ metadata }) => ({
        name: metadata.name,
        ...(metadata.namespace ? { namespace: metadata.namespace } : {}),
      }))
      .sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
      .slice(0, MAX_OPTIONS),
    truncated: items.length > MAX_OPTIONS,
  };
}
