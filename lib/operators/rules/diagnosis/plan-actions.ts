import type { ManifestObject } from '../objects';
import { canBeCleanedUp, classifyPlan } from '../plan/classify-plan';
import type { Action, Write } from './action';
import type { Cause } from './cause';
import { type DiagnosisFacts, type Surroundings, sceneOf } from './facts';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** A plan that nobody will execute any more. One that a Subscription still names is not made anew by OLM. */
export function deletePlan(
  { plan: name }: Extract<Cause, { plan: string }>,
  namespace: string,
  { installPlans, subscriptionsInNamespace, now }: Surroundings,
): Action[] {
  const plan = installPlans?.find(({ metadata }) => metadata.name === name);
  if (!plan || !installPlans || !subscriptionsInNamespace) return [];
  if (!canBeCleanedUp(classifyPlan(plan, installPlans, subscriptionsInNamespace, now))) return [];
  const { uid } = plan.metadata;
  return [
    {
      id: 'deletePlan',
      safe: true,
      target: name,
      values: { plan: name },
      writes: [{ verb: 'delete', kind: 'InstallPlan', namespace, name, uid }],
    },
  ];
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
