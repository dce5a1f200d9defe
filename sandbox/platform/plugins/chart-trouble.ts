import type { KubeObject, ResourceRef } from '../../client/types.ts';
import type { ClusterRuntime } from '../../cluster-runtime.ts';

interface Pod extends KubeObject {
  status?: { containerStatuses?: { image: string; state?: { waiting?: { reason?: string } } }[] };
}

const pods: ResourceRef = { group: '', version: 'v1', resource: 'pods' };

/** Reasons of every pod that starts. */
const ordinary = new Set(['ContainerCreating', 'PodInitializing']);

/** A Deployment that isn't available, in words: its name, and why its containers don't start where that is known. */
export async function troubleOf(cluster: ClusterRuntime, deployment: KubeObject): Promise<string> {
  const { name = '', namespace } = deployment.metadata;
  const labelSelector = `app.kubernetes.io/instance=${name}`;
  const { items } = await cluster.client.list<Pod>(pods, { namespace, labelSelector });
  const reasons = items.flatMap(({ status }) =>
    (status?.containerStatuses ?? []).flatMap(({ image, state }) => {
      const reason = state?.waiting?.reason;
      return reason && !ordinary.has(reason) ? [`${reason} ${image}`] : [];
    }),
  );
  const [first] = reasons;
  return first ? `deployment ${name} (${first})` : `deployment ${name}`;
}
