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
    { id: 'quotaExceeded', quota: 'small', unspecified: 'limits.cpu' },
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
  [
    "error validating existing CRs against new CRD's schema: things.a.io: error validating custom resource against new schema for Thing demo/one: [].spec.size: Required value",
    { id: 'existingObjectsInvalid', crd: 'things.a.io', object: 'demo/one' },
  ],
  [
    'error validating existing CRs against new CRD\'s schema for "things.a.io": error listing resources in GroupVersionResource schema.GroupVersionResource{Group:"a.io", Version:"v1", Resource:"things"}: conversion webhook for a.io/v1beta1, Kind=Thing failed: Post "https://a.demo.svc:443/convert": no endpoints available for service "a"',
    { id: 'webhookRefused', webhook: 'Thing (a.io/v1beta1)', unreachable: true },
  ],
  [
    'error validating existing CRs against new CRD\'s schema for "things.a.io": error listing resources in GroupVersionResource schema.GroupVersionResource{Group:"a.io", Version:"v1", Resource:"things"}: etcdserver: request timed out',
    undefined,
  ],
  [
    'error updating CRD: things.a.io: CustomResourceDefinition.apiextensions.k8s.io "things.a.io" is invalid: status.storedVersions[0]: Invalid value: "v1alpha1": missing from spec.versions; v1alpha1 was previously a storage version, and must remain in spec.versions until a storage migration ensures no data remains persisted in v1alpha1 and removes v1alpha1 from status.storedVersions',
    { id: 'storedVersionAtRisk', crd: 'things.a.io', version: 'v1alpha1' },
  ],
  [
    'pods "x" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false',
    undefined,
  ],
  ['pods "x" is forbidden: maximum cpu usage per Container is 1, but limit is 2', undefined],
  [
    'Internal error occurred: failed calling webhook "guard.example.io": failed to call webhook: Post "https://guard.demo.svc:443/validate?timeout=10s": dial tcp 10.0.0.1:443: connect: connection refused',
    { id: 'webhookRefused', webhook: 'guard.example.io', unreachable: true },
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
