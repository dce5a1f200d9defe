import { describe, expect, test } from 'vitest';
import { clusterServiceVersion, subscription } from '../testing';
import type { Cause } from './cause';
import { diagnose } from './diagnose';
import type { DiagnosisFacts } from './facts';
import { catalogSource, facts, job, object, operatorGroup, other, saying, unresolved } from './testing';

const causes: [string, Partial<DiagnosisFacts>, Partial<Cause>][] = [
  [
    'the broken Subscription of another operator holds up the namespace',
    {
      ...unresolved(
        'no operators found in package jaeger in the catalog referenced by subscription jaeger, subscription jaeger exists',
      ),
      subscriptionsInNamespace: [subscription({}), other('jaeger')],
    },
    { id: 'heldUpBySubscription', subscription: 'jaeger', cause: 'packageNotFound' },
  ],
  ['the namespace has no OperatorGroup', { operatorGroups: [] }, { id: 'noOperatorGroup' }],
  [
    'the namespace has two OperatorGroups',
    { operatorGroups: [operatorGroup('a'), operatorGroup('b')] },
    { id: 'severalOperatorGroups', operatorGroups: ['a', 'b'] },
  ],
  [
    'the catalog does not have the package',
    unresolved(
      'no operators found in package kiali in the catalog referenced by subscription kiali, subscription kiali exists',
    ),
    { id: 'packageNotFound', package: 'kiali' },
  ],
  [
    'the package does not have the channel, and the others are told',
    {
      ...unresolved(
        'no operators found in channel beta of package kiali in the catalog referenced by subscription kiali, subscription kiali exists',
      ),
      packageManifest: { status: { channels: [{ name: 'stable' }, { name: 'alpha' }] } },
    },
    { id: 'channelNotFound', channel: 'beta', channels: ['stable', 'alpha'] },
  ],
  [
    'the channel does not have the version',
    unresolved(
      'no operators found with name kiali.v9.0.0 in channel stable of package kiali in the catalog referenced by subscription kiali, subscription kiali exists',
    ),
    { id: 'versionNotFound', version: 'kiali.v9.0.0', channel: 'stable' },
  ],
  [
    'the catalog is not there',
    {
      ...unresolved(
        'no operators found from catalog platform in namespace cpaas-system referenced by subscription kiali, subscription kiali exists',
      ),
      catalogSources: [],
    },
    { id: 'catalogMissing', catalog: 'platform' },
  ],
  ['the catalog is not there and OLM does not say so', { catalogSources: [] }, { id: 'catalogMissing' }],
  [
    'the catalog is dead, though OLM calls it healthy',
    {
      subscription: saying({
        type: 'ResolutionFailed',
        reason: 'ErrorPreventedResolution',
        message:
          'error using catalogsource cpaas-system/platform: failed to list bundles: rpc error: code = Unavailable',
      }),
      catalogSources: [catalogSource('platform', 'TRANSIENT_FAILURE')],
    },
    { id: 'catalogDead', catalog: 'platform', state: 'TRANSIENT_FAILURE', calledHealthy: true, own: true },
  ],
  [
    'the catalog does not answer and nobody says so',
    { catalogSources: [catalogSource('platform', 'CONNECTING')] },
    { id: 'catalogDead', state: 'CONNECTING' },
  ],
  [
    'a package that it depends on is in no catalog',
    unresolved(
      'subscription kiali requires platform/cpaas-system/stable/kiali.v1.0.0, subscription kiali exists, bundle kiali.v1.0.0 requires an operator with package: jaeger and with version in range: >=1.0.0',
    ),
    { id: 'dependencyNotFound', operator: 'kiali.v1.0.0', needs: 'jaeger >=1.0.0' },
  ],
  [
    'an API that it depends on is in no catalog',
    unresolved(
      'subscription kiali exists, bundle kiali.v1.0.0 requires an operator providing an API with group: a.io, version: v1, kind: Thing',
    ),
    { id: 'dependencyNotFound', needs: 'Thing (a.io/v1)' },
  ],
  [
    'a ClusterServiceVersion that no Subscription has is in the way',
    {
      ...unresolved(
        'subscription kiali exists, clusterserviceversion kiali.v0.9.0 exists and is not referenced by a subscription',
      ),
      clusterServiceVersions: [clusterServiceVersion('kiali.v0.9.0', 'Succeeded')],
    },
    { id: 'orphanClusterServiceVersion', clusterServiceVersion: 'kiali.v0.9.0' },
  ],
  [
    'the bundle image could not be unpacked',
    {
      subscription: saying({
        type: 'BundleUnpackFailed',
        reason: 'BundleUnpackFailed',
        message: 'Bundle unpacking failed - DeadlineExceeded: Job was active too long.',
      }),
      jobs: [job({ conditions: [{ type: 'Failed', status: 'True' }] })],
    },
    { id: 'unpackFailed', image: 'r/kiali-bundle:1', reason: 'DeadlineExceeded' },
  ],
  [
    'the bundle image can not be pulled, long before OLM gives up',
    {
      subscription: saying({ type: 'BundleUnpacking', reason: 'UnpackingInProgress' }),
      jobs: [job({ active: 1 })],
      pods: [
        object('Pod', 'abc-x', {
          namespace: 'cpaas-system',
          labels: { 'job-name': 'abc' },
          status: {
            phase: 'Pending',
            initContainerStatuses: [{ name: 'pull', state: { waiting: { reason: 'ImagePullBackOff' } } }],
          },
        }),
      ],
    },
    { id: 'unpackFailed', image: 'r/kiali-bundle:1', reason: 'ImagePullBackOff' },
  ],
  [
    'an unhealthy catalog that is not its own does not matter: it is only slow',
    {
      subscription: saying({
        type: 'CatalogSourcesUnhealthy',
        message: 'targeted catalogsource olm/other missing',
      }),
    },
    { id: 'slow', stage: 'resolving' },
  ],
  [
    'what it subscribes to is deprecated, which keeps nothing',
    {
      subscription: saying(
        { type: 'PackageDeprecated', reason: 'Deprecated', message: 'use ossm instead' },
        { type: 'ChannelDeprecated', reason: 'Deprecated', message: 'use candidate instead' },
        { type: 'BundleDeprecated', reason: 'Deprecated', message: 'no longer supported' },
        { type: 'Deprecated', reason: 'Deprecated', message: 'deprecated' },
      ),
    },
    { id: 'slow', stage: 'resolving' },
  ],
  [
    'the channel is not there, before OLM says so',
    { packageManifest: { status: { channels: [{ name: 'alpha' }] } } },
    { id: 'channelNotFound', channel: 'stable', channels: ['alpha'] },
  ],
  ['the package is not there, before OLM says so', { packageManifest: null }, { id: 'packageNotFound' }],
];

describe('an installation that has no plan yet', () => {
  test.each(causes)('says that %s', (_, changes, cause) => {
    expect(diagnose(facts(changes)).cause).toMatchObject(cause);
  });
});
