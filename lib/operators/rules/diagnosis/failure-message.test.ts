import { expect, test } from 'vitest';
import { causeInMessage } from './failure-message';

test.each([
  [
    'no matches for kind "PodSecurityPolicy" in version "policy/v1beta1"',
    { id: 'apiNotServed', api: 'policy/v1beta1', kind: 'PodSecurityPolicy' },
  ],
  [
    'Risk of data loss updating things.a.io: new CRD removes version v1',
    { id: 'storedVersionAtRisk', crd: 'things.a.io', version: 'v1' },
  ],
  [
    'pods "x" is forbidden: failed quota: small: must specify limits.cpu',
    { id: 'quotaExceeded', quota: 'small' },
  ],
  [
    'roles is forbidden: User "system:serviceaccount:demo:scoped" cannot create resource "roles" in API group "rbac.authorization.k8s.io"',
    { id: 'rightMissing', who: 'system:serviceaccount:demo:scoped', what: 'create resource "roles"' },
  ],
  ['user "x" is attempting to grant RBAC permissions not currently held', { id: 'rightMissing' }],
  [
    'error validating existing CRs against new CRD\'s schema for "things.a.io": error validating a.io/v1, Kind=Thing "demo/one": updated validation is too restrictive: spec.size: Required value',
    { id: 'existingObjectsInvalid', crd: 'things.a.io', object: 'demo/one' },
  ],
  ['everything went wrong', undefined],
  ['', undefined],
])('%s', (message, cause) => {
  expect(causeInMessage(message)).toEqual(cause);
});

test('a hostile message is read in no time', () => {
  const started = performance.now();
  causeInMessage(`exceeded quota: ${'a'.repeat(200_000)}, requested: ${'b;'.repeat(100_000)}`);
  causeInMessage('admission webhook "'.repeat(50_000));
  expect(performance.now() - started).toBeLessThan(200);
});
