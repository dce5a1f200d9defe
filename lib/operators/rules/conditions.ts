import type { Condition, SubscriptionObject } from './objects';
import { list, record, text } from './untrusted';

/**
 * The condition of one of these types that a Subscription has got last, of those that hold. OLM gives some of its
 * conditions no time, and leaves old ones beside newer ones that contradict them; but it appends what is new to the
 * list. So the place tells where times do not.
 */
export function latestCondition(
  { status }: SubscriptionObject,
  types: readonly string[],
): Condition | undefined {
  const holding = list(status?.conditions, readCondition).filter(
    (condition) => types.includes(condition.type) && condition.status === 'True',
  );
  return holding.reduce<Condition | undefined>((best, condition) => {
    if (!best) return condition;
    const [then, now] = [
      Date.parse(best.lastTransitionTime ?? ''),
      Date.parse(condition.lastTransitionTime ?? ''),
    ];
    return then > now ? best : condition;
  }, undefined);
}

/** A condition of any object, its words bounded. */
export function readCondition(value: unknown): Condition {
  const { type, status, reason, message, lastTransitionTime } = record(value);
  return {
    type: text(type, 200),
    status: text(status, 20),
    reason: text(reason, 200) || undefined,
    message: text(message, 20_000) || undefined,
    lastTransitionTime: text(lastTransitionTime, 50) || undefined,
  };
}
