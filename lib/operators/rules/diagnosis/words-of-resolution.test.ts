import { describe, expect, test } from 'vitest';
import { clusterServiceVersion, subscription } from '../testing';
import type { Cause } from './cause';
import { diagnose } from './diagnose';
import type { DiagnosisFacts } from './facts';
import { catalogSource, facts, other, saying, unresolved } from './testing';

const kialiExists =
  'subscription kiali exists, subscription kiali requires p/cpaas-system/stable/kiali.v1.0.0';
const requires = (what: string) => `${kialiExists}, bundle kiali.v1.0.0 requires an operator ${what}`;
const newJaeger = requires('with package: jaeger and with version in range: >=2.0.0');
const noOperators =
  'no operators found from catalog platform in namespace cpaas-system referenced by subscription kiali, subscription kiali exists';
const unavailable = 'failed to list bundles: rpc error: code = Unavailable desc = connection error';
const broken = (message: string) => ({
  subscription: saying({ type: 'ResolutionFailed', reason: 'ErrorPreventedResolution', message }),
});
const leftOver = (name: string) => ({ clusterServiceVersions: [clusterServiceVersion(name, 'Succeeded')] });

const cases: [string, Partial<DiagnosisFacts>, Partial<Cause>][] = [
  [
    'a version is needed that no catalog has',
    unresolved(requires('with package: jaeger and with version in range: >=1.0.0 <2.0.0')),
    { id: 'dependencyNotFound', needs: 'jaeger >=1.0.0 <2.0.0' },
  ],
  [
    'a label is needed that nothing has',
    unresolved(requires('with label: arch=arm')),
    { id: 'dependencyNotFound', operator: 'kiali.v1.0.0', needs: 'label: arch=arm' },
  ],
  [
    'what it needs is there, and another Subscription excludes it',
    unresolved(
      `${newJaeger}, subscription jaeger exists, p/cpaas-system/stable/jaeger.v1.0.0 and p/cpaas-system/stable/jaeger.v2.0.0 originate from package jaeger`,
    ),
    { id: 'resolutionConflict' },
  ],
  [
    'two operators provide the same API',
    unresolved(
      `${kialiExists}, p/cpaas-system/stable/kiali.v1.0.0 and @existing/demo//ossm.v2.0.0 provide Kiali (kiali.io/v1alpha1)`,
    ),
    { id: 'resolutionConflict' },
  ],
  [
    'a left-over version of what it needs is in the way',
    {
      ...unresolved(
        `${newJaeger}, clusterserviceversion jaeger.v1.0.0 exists and is not referenced by a subscription, @existing/demo//jaeger.v1.0.0 and p/cpaas-system/stable/jaeger.v2.0.0 originate from package jaeger`,
      ),
      ...leftOver('jaeger.v1.0.0'),
    },
    { id: 'orphanClusterServiceVersion', clusterServiceVersion: 'jaeger.v1.0.0' },
  ],
  [
    'a dependency is missing, whatever else is left over in the namespace',
    {
      ...unresolved(
        `${newJaeger}, clusterserviceversion old.v1.0.0 exists and is not referenced by a subscription`,
      ),
      ...leftOver('old.v1.0.0'),
    },
    { id: 'dependencyNotFound' },
  ],
  [
    'the neighbour lacks a dependency',
    {
      ...unresolved(
        'bundle jaeger.v2.0.0 requires an operator with package: elastic and with version in range: >=1.0.0, subscription jaeger exists, subscription jaeger requires p/cpaas-system/stable/jaeger.v2.0.0',
      ),
      subscriptionsInNamespace: [subscription({}), other('jaeger')],
    },
    { id: 'heldUpBySubscription', subscription: 'jaeger', cause: 'dependencyNotFound' },
  ],
  [
    'its catalog is there and does not answer',
    { ...unresolved(noOperators), catalogSources: [catalogSource('platform', 'CONNECTING')] },
    { id: 'catalogDead', own: true, state: 'CONNECTING' },
  ],
  [
    'its catalog answers and is empty',
    unresolved(noOperators),
    { id: 'packageNotFound', package: 'kiali', catalog: 'platform' },
  ],
  [
    'of several dead catalogs one is its own',
    broken(
      `[error using catalogsource olm/other: ${unavailable}, error using catalogsource cpaas-system/platform: ${unavailable}]`,
    ),
    { id: 'catalogDead', catalog: 'platform', own: true },
  ],
  [
    'the catalog of others takes too long',
    broken(
      'error using catalogsource olm/other: error encountered while listing bundles: rpc error: code = DeadlineExceeded desc = context deadline exceeded',
    ),
    { id: 'catalogDead', catalog: 'other', catalogNamespace: 'olm', own: false },
  ],
  [
    'a catalog is dead, as older versions of OLM say it',
    broken(`failed to populate resolver cache from source platform/cpaas-system: ${unavailable}`),
    { id: 'catalogDead', catalog: 'platform', catalogNamespace: 'cpaas-system', own: true },
  ],
  [
    'OLM itself was hindered, which says nothing of versions',
    broken('etcdserver: request timed out'),
    { id: 'slow', stage: 'resolving', overdue: true },
  ],
];

describe('what OLM writes into ResolutionFailed means that', () => {
  test.each(cases)('%s', (_, changes, cause) => {
    expect(diagnose(facts(changes)).cause).toMatchObject(cause);
  });
});
