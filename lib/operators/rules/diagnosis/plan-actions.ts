import type { ManifestObject } from '../objects';
import { canBeCleanedUp, classifyPlan } from '../plan/classify-plan';
import { type Action, lead, type Write } from './action';
import { type DiagnosisFacts, type Surroundings, sceneOf } from './facts';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * Plans of the namespace that nobody will execute any more: superseded, orphaned, or approved too early. They are
 * cleaned up as on the page of approvals. One that a Subscription still names is not made anew by OLM.
 */
export function leftPlans(
  namespace: string,
  { installPlans, subscriptionsInNamespace, now }: Surroundings,
): Action[] {
  if (!installPlans || !subscriptionsInNamespace) return [];
  const plans = installPlans.filter(({ metadata }) => metadata.namespace === namespace);
  return plans
    .filter((plan) => canBeCleanedUp(classifyPlan(plan, plans, subscriptionsInNamespace, now)))
    .slice(0, 5)
    .map(({ metadata }) => ({
      ...lead('cleanUpPlan', { plan: metadata.name, namespace }),
      target: metadata.name,
    }));
}

/**
 * Subscribes once more: OLM never goes back to a plan that has failed or is gone. Offered only for a first
 * installation, where nothing of the operator runs yet; what its failed attempt left as ClusterServiceVersion goes too.
 */
export function reinstall(facts: Surroundings | DiagnosisFacts): Action[] {
  if (!('subscription' in facts)) return [];
  const { subscription } = facts;
  const scene = sceneOf(facts);
  // Without the ClusterServiceVersions it is not known whether anything runs.
  if (facts.clusterServiceVersions === undefined || scene.running) return [];
  if (scene.target?.status?.phase === 'Succeeded') return [];
  const { namespace = '', name, uid, labels, annotations = {} } = subscription.metadata;
  const { [LAST_APPLIED]: _, ...kept } = annotations;
  const manifest: ManifestObject = {
    apiVersion: subscription.apiVersion,
    kind: 'Subscription',
    metadata: { name, namespace, ...(labels && { labels }), annotations: kept },
    spec: subscription.spec,
  };
  const target = scene.target?.metadata;
  const leftover: Write[] = target
    ? [{ verb: 'delete', kind: 'ClusterServiceVersion', namespace, name: target.name, uid: target.uid }]
    : [];
  return [
    {
      id: 'reinstall',
      safe: false,
      target: name,
      values: { name },
      writes: [
        { verb: 'delete', kind: 'Subscription', namespace, name, uid },
        ...leftover,
        { verb: 'create', kind: 'Subscription', namespace, name, manifest },
      ],
    },
  ];
}
