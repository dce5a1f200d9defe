import { expect, test } from 'vitest';
import { isExpired } from './event-expiry.ts';

const now = Date.parse('2026-01-01T12:00:00Z');
const event = (times: Record<string, unknown>) => ({
  apiVersion: 'v1',
  kind: 'Event',
  metadata: { name: 'a', creationTimestamp: '2026-01-01T09:00:00Z' },
  ...times,
});

test.each([
  [{ lastTimestamp: '2026-01-01T11:00:01Z' }, false],
  [{ lastTimestamp: '2026-01-01T10:59:59Z' }, true],
  [{ lastTimestamp: null, eventTime: '2026-01-01T11:30:00.000000Z' }, false],
  [{}, true],
])('an Event with %j has expired: %s', (times, expected) => {
  expect(isExpired(event(times), now)).toBe(expected);
});
