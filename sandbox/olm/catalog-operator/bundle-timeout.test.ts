import { expect, test } from 'vitest';
import { bundleTimeoutSeconds } from './bundle-timeout.ts';

test.each([
  [undefined, 600],
  ['25s', 25],
  ['1m30s', 90],
  ['1h', 3600],
  ['0s', 600],
  ['soon', 600],
  ['-5s', 600],
])('an unpack timeout of %s is %i seconds', (text, seconds) => {
  const annotations: Record<string, string> =
    text === undefined ? {} : { 'operatorframework.io/bundle-unpack-timeout': text };
  const group = { apiVersion: 'operators.coreos.com/v1', kind: 'OperatorGroup', metadata: { annotations } };
  expect(bundleTimeoutSeconds(group)).toBe(seconds);
});
