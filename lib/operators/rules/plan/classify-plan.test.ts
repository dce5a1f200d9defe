import { describe, expect, test } from 'vitest';
import type { InstallPlanObject, SubscriptionObject } from '../objects';
import { installPlan, subscription } from '../testing';
import { canBeCleanedUp, classifyPlan, type PlanState } from './classify-plan';

const now = Date.parse('2026-01-01T01:00:00Z');

function plan(
  name: string,
  generation: number,
  rest: Parameters<typeof installPlan>[1] = {},
): InstallPlanObject {
  const made = installPlan(name, rest);
  const ownerReferences = [{ kind: 'Subscription', name: 'kiali', uid: 'uid-of-kiali' }];
  return {
    ...made,
    metadata: { ...made.metadata, ...{ ownerReferences } },
    spec: { ...made.spec, ...{ generation } },
  };
}

const follows = (name: string) => [subscription({ plan: name })];

describe('a plan', () => {
  const cases: [string, InstallPlanObject, InstallPlanObject[], SubscriptionObject[], PlanState][] = [
    ['that a Subscription names waits', plan('a', 1), [], follows('a'), { id: 'waiting' }],
    [
      'that is approved is executed',
      plan('a', 1, { approved: true }),
      [],
      follows('a'),
      { id: 'installing' },
    ],
    [
      'that is executed stays so when OLM follows another one',
      plan('a', 1, { approved: true, phase: 'Installing' }),
      [plan('b', 2)],
      follows('b'),
      { id: 'installing' },
    ],
    [
      'that is done is complete',
      plan('a', 1, { phase: 'Complete' }),
      [plan('b', 2)],
      follows('b'),
      { id: 'complete' },
    ],
    [
      'that failed has failed, and tells of the next',
      plan('a', 1, { phase: 'Failed' }),
      [plan('b', 2)],
      follows('b'),
      { id: 'failed', newer: 'b' },
    ],
    [
      'that OLM no longer follows is superseded by the newest',
      plan('a', 1),
      [plan('b', 2), plan('c', 3)],
      follows('c'),
      { id: 'superseded', by: 'c' },
    ],
    ['without Subscriptions is orphaned', plan('a', 1), [], [], { id: 'orphaned' }],
    [
      'of a Subscription that was made anew is orphaned',
      plan('a', 1),
      [],
      [subscription({}, 'other')],
      { id: 'orphaned' },
    ],
    [
      'that nobody names yet is being prepared',
      plan('a', 2),
      [plan('b', 1)],
      follows('b'),
      { id: 'preparing' },
    ],
    ['without status is being prepared', plan('a', 1, { phase: '' }), [], follows('a'), { id: 'preparing' }],
    [
      'approved before it had a status is stalled',
      plan('a', 1, { phase: '', approved: true }),
      [],
      follows('a'),
      { id: 'stalled', newer: undefined },
    ],
  ];
  test.each(cases)('%s', (_, own, others, subscriptions, state) => {
    expect(classifyPlan(own, [own, ...others], subscriptions, now)).toEqual(state);
  });

  test('may be cleaned up only when nobody executes it', () => {
    const ids = cases.map(([, , , , state]) => state).filter(canBeCleanedUp);
    expect(canBeCleanedUp({ id: 'stalled', newer: 'b' })).toBe(true);
    expect(new Set(ids.map(({ id }) => id))).toEqual(new Set(['superseded', 'orphaned']));
  });
});
