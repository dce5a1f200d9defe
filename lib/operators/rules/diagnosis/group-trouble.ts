import { field, text } from '../untrusted';
import { anyConditionOf, type Finding, isOlder, type Place, type Scene, witness, wordsOf } from './facts';

/** OLM ignores a namespace without exactly one OperatorGroup, without a word. */
export function operatorGroupFinding({ facts, subscription }: Scene): Finding | undefined {
  const groups = facts.operatorGroups;
  if (groups === undefined || groups.length === 1) return undefined;
  const says = witness(subscription, 'metadata.namespace');
  if (groups.length > 1) {
    const operatorGroups = groups.map(({ metadata }) => metadata.name).slice(0, 20);
    return { cause: { id: 'severalOperatorGroups', operatorGroups }, says };
  }
  // The platform's controller makes the OperatorGroup from this annotation, a moment after the Subscription.
  const promised = subscription.metadata.annotations?.['cpaas.io/target-namespaces'] !== undefined;
  if (promised && !isOlder(subscription.metadata.creationTimestamp, facts.now)) return undefined;
  return { cause: { id: 'noOperatorGroup' }, says };
}

/**
 * OLM works with the rights of the ServiceAccount that the OperatorGroup names, and does not go on where it is missing;
 * only the OperatorGroup always says so.
 */
export function groupServiceAccountFinding({ facts, namespace }: Place): Finding | undefined {
  const [group, ...others] = (facts.operatorGroups ?? []).filter(
    ({ metadata }) => metadata.namespace === namespace,
  );
  const name = text(field(group?.spec, 'serviceAccountName'), 253);
  const condition = anyConditionOf(group, 'OperatorGroupServiceAccount');
  if (!group || others.length > 0 || !name || condition?.status !== 'True') return undefined;
  return {
    cause: { id: 'requirementMissing', requirement: 'groupServiceAccount', name, more: 0 },
    says: witness(group, 'status.conditions[OperatorGroupServiceAccount]'),
    since: condition.lastTransitionTime,
    detail: wordsOf(condition.message),
  };
}
