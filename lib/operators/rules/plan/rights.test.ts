import { describe, expect, test } from 'vitest';
import { compareRights, rightsOf } from './rights';
import { describeRights } from './rights-words';
import { bundleVersion, rule } from './testing';

function compared(before: unknown[], after: unknown[], everywhere = false) {
  const rights = (clusterRules: unknown[]) =>
    rightsOf(bundleVersion('a.v1', { clusterRules }), everywhere).rights;
  return compareRights(rights(before), rights(after));
}

const getPods = rule([''], ['pods'], ['get']);

describe('rights', () => {
  test.each([
    [
      'the same in another order',
      [rule(['', 'apps'], ['pods', 'deployments'], ['get', 'list'])],
      [rule(['apps', ''], ['deployments', 'pods'], ['list', 'get'])],
    ],
    [
      'the same, split over rules',
      [rule([''], ['pods'], ['get', 'list'])],
      [getPods, rule([''], ['pods'], ['list'])],
    ],
  ])('are unchanged when they are %s', (_, before, after) => {
    expect(compared(before, after)).toEqual({ widened: [], narrowed: [] });
  });

  test.each([
    ['every verb', [rule([''], ['pods'], ['*'])], [getPods]],
    ['every resource', [rule([''], ['*'], ['get'])], [getPods]],
    ['every group', [rule(['*'], ['pods'], ['get'])], [getPods]],
    [
      'all subresources of a name',
      [rule([''], ['*/status'], ['get'])],
      [rule([''], ['pods/status'], ['get'])],
    ],
    ['objects of any name', [getPods], [rule([''], ['pods'], ['get'], ['one'])]],
    [
      'paths below',
      [{ nonResourceURLs: ['/metrics/*'], verbs: ['get'] }],
      [{ nonResourceURLs: ['/metrics/x'], verbs: ['get'] }],
    ],
  ])('over %s cover narrower ones: less is not more', (_, broad, narrow) => {
    expect(compared(broad, narrow).widened).toEqual([]);
    expect(compared(narrow, broad).widened).not.toEqual([]);
  });

  test('over the whole cluster cover those in a namespace, not the other way round', () => {
    const everywhere = rightsOf(bundleVersion('a.v1', { clusterRules: [getPods] })).rights;
    const inNamespace = rightsOf(bundleVersion('a.v1', { rules: [getPods] })).rights;
    expect(compareRights(everywhere, inNamespace).widened).toEqual([]);
    expect(compareRights(inNamespace, everywhere).widened).toEqual(everywhere);
  });

  test('in `permissions` hold everywhere when the OperatorGroup targets all namespaces', () => {
    expect(rightsOf(bundleVersion('a.v1', { rules: [getPods] }), true).rights).toMatchObject([
      { scope: 'cluster' },
    ]);
  });

  test('of a size that nobody reads are cut, and it is said', () => {
    const many = (prefix: string) => Array.from({ length: 400 }, (_, index) => `${prefix}${index}`);
    const { rights, truncated } = rightsOf(
      bundleVersion('a.v1', { clusterRules: [rule(many('g'), many('r'), many('v'))] }),
    );
    expect(rights).toHaveLength(20_000);
    expect(truncated).toBe(true);
  });
});

test('a wildcard does not hide behind more rights than are looked at, and huge lists are compared in no time', () => {
  const many = Array.from({ length: 3000 }, (_, index) =>
    rule(['a.io'], [`r${index}`], ['get', 'list', 'x', 'y', 'z', 'q', 'w']),
  );
  const hidden = rightsOf(bundleVersion('a.v1', { clusterRules: [...many, rule(['*'], ['*'], ['*'])] }));
  const started = performance.now();
  expect(
    compareRights(rightsOf(bundleVersion('a.v1', { clusterRules: many })).rights, hidden.rights).widened,
  ).toEqual([{ scope: 'cluster', group: '*', resource: '*', verb: '*' }]);
  expect(performance.now() - started).toBeLessThan(2000);
});

describe('in words, rights', () => {
  test.each([
    [rule(['*'], ['*'], ['*']), 'rights.everythingEverywhere', true],
    [rule(['*'], ['*'], ['create']), 'rights.changeEverythingEverywhere', true],
    [rule(['*'], ['*'], ['get']), 'rights.readEverythingEverywhere', true],
    [rule([''], ['secrets'], ['get', 'list']), 'rights.readSecretsEverywhere', true],
    [rule([''], ['secrets'], ['list'], ['one']), 'rights.readSecretsEverywhere', false],
    [rule([''], ['secrets'], ['update']), 'rights.changeSecretsEverywhere', true],
    [
      rule(['rbac.authorization.k8s.io'], ['clusterroles'], ['bind', 'escalate', 'create']),
      'rights.changeRightsEverywhere',
      true,
    ],
    [rule([''], ['users'], ['impersonate']), 'rights.impersonateEverywhere', true],
    [rule([''], ['pods/exec'], ['create']), 'rights.runCommandsEverywhere', true],
    [rule(['apps'], ['deployments'], ['create']), 'rights.runPodsEverywhere', true],
    [rule([''], ['serviceaccounts/token'], ['create']), 'rights.issueTokensEverywhere', true],
    [rule([''], ['nodes/proxy'], ['get']), 'rights.changeNodesEverywhere', true],
    [
      rule(['admissionregistration.k8s.io'], ['mutatingwebhookconfigurations'], ['create']),
      'rights.changeWebhooksEverywhere',
      true,
    ],
    [
      rule(['apiextensions.k8s.io'], ['customresourcedefinitions'], ['update']),
      'rights.changeApisEverywhere',
      false,
    ],
    [
      rule(['security.openshift.io'], ['securitycontextconstraints'], ['use']),
      'rights.usePrivilegesEverywhere',
      true,
    ],
    [rule(['a.io'], ['*'], ['*']), 'rights.allOfGroupEverywhere', false],
    [rule([''], ['*'], ['*']), 'rights.allOfGroupEverywhere', true],
    [rule(['a.io'], ['things'], ['patch']), 'rights.changeEverywhere', false],
    [rule(['a.io'], ['things'], ['get']), 'rights.readEverywhere', false],
    [{ nonResourceURLs: ['/metrics'], verbs: ['get'] }, 'rights.pathEverywhere', false],
  ])('%j are %s', (one, key, risky) => {
    const { rights } = rightsOf(bundleVersion('a.v1', { clusterRules: [one] }));
    expect(describeRights(rights)).toMatchObject([{ key, risky }]);
  });

  test('over the whole cluster come first, and like ones share a sentence', () => {
    const version = bundleVersion('a.v1', {
      clusterRules: [rule(['a.io'], ['things', 'others'], ['list', 'get'])],
      rules: [rule([''], ['secrets'], ['get'])],
    });
    expect(describeRights(rightsOf(version).rights)).toMatchObject([
      {
        key: 'rights.readEverywhere',
        params: { resources: 'things.a.io, others.a.io', verbs: 'list, get' },
        rights: 4,
      },
      { key: 'rights.readSecretsInNamespace', risky: false },
    ]);
  });

  test('that are wider than before say what they were', () => {
    const old = rightsOf(bundleVersion('a.v1', { rules: [rule([''], ['secrets'], ['get', 'list'])] })).rights;
    const now = rightsOf(
      bundleVersion('a.v2', {
        clusterRules: [rule([''], ['secrets'], ['get', 'list']), rule(['a.io'], ['things'], ['get'])],
      }),
    ).rights;
    const { widened } = compareRights(old, now);
    expect(describeRights(widened, old)).toMatchObject([
      { key: 'rights.readSecretsEverywhere', before: { verbs: 'get, list', everywhere: false } },
      { key: 'rights.readEverywhere', params: { resources: 'things.a.io' } },
    ]);
    expect(describeRights(widened, old)[1]?.before).toBeUndefined();
  });
});
