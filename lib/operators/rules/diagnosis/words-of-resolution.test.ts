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

const noneMatches =
  'no operators found matching the criteria of subscription kiali, subscription kiali exists';
const twoChains = (name: string) =>
  `a unique replacement chain within a channel is required to determine the relative order between channel entries, but 2 replacement chains were found in channel "stable" of package "${name}": ${name}.v2.0.0...${name}.v1.0.0, ${name}.v1.1.0`;
const failedAtFirst = {
  type: 'ResolutionFailed',
  reason: 'ErrorPreventedResolution',
  message: `failed to populate resolver cache from source platform/cpaas-system: ${unavailable}`,
};
/** The Subscription, for which OLM looks at one catalog. */
const listing = (name: string, own = subscription({})) => {
  const catalogSourceRef = { name, namespace: 'cpaas-system' };
  return { ...own, status: { ...own.status, catalogHealth: [{ catalogSourceRef, healthy: true }] } };
};

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
    'its catalog answers, in a namespace whose catalogs are not offered to others',
    {
      subscription: saying(
        { type: 'CatalogSourcesUnhealthy', message: 'targeted catalogsource cpaas-system/platform missing' },
        { type: 'ResolutionFailed', reason: 'ConstraintsNotSatisfiable', message: noOperators },
      ),
    },
    { id: 'catalogMissing', catalog: 'platform', elsewhere: true },
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
    'a catalog is dead, as versions between say it',
    broken(`error using catalog platform (in namespace cpaas-system): ${unavailable}`),
    { id: 'catalogDead', catalog: 'platform', catalogNamespace: 'cpaas-system', own: true },
  ],
  [
    'its catalog is known to OLM, and may not be read here',
    {
      subscription: listing('platform', unresolved(noOperators).subscription),
      catalogSources: undefined,
    },
    { id: 'catalogDead', own: true },
  ],
  [
    'the channel is not there, as older versions say it, and the catalog tells which are',
    {
      ...unresolved(noneMatches),
      packageManifest: { status: { channels: [{ name: 'alpha' }] } },
    },
    { id: 'channelNotFound', channel: 'stable', channels: ['alpha'] },
  ],
  [
    'nothing fits, as older versions say it, and nobody knows more',
    unresolved(noneMatches),
    { id: 'resolutionConflict' },
  ],
  [
    'the versions of its channel do not follow one another',
    broken(twoChains('kiali')),
    { id: 'resolutionConflict' },
  ],
  [
    'the versions of the channel of another operator do not follow one another',
    { ...broken(twoChains('jaeger')), subscriptionsInNamespace: [subscription({}), other('jaeger')] },
    { id: 'heldUpBySubscription', subscription: 'jaeger' },
  ],
  [
    'its version is deprecated',
    unresolved(`${kialiExists}, bundle p/cpaas-system/stable/kiali.v1.0.0 is deprecated`),
    { id: 'resolutionConflict' },
  ],
  [
    'OLM could not resolve at first, and unpacks its bundle now',
    { subscription: saying(failedAtFirst, { type: 'BundleUnpacking', reason: 'UnpackingInProgress' }) },
    { id: 'slow', stage: 'unpacking' },
  ],
  [
    'OLM could not resolve at first, and could not unpack its bundle later',
    {
      subscription: saying(failedAtFirst, {
        type: 'BundleUnpackFailed',
        reason: 'BundleUnpackFailed',
        message:
          'bundle unpacking failed. Reason: DeadlineExceeded, and Message: Job was active longer than specified deadline',
      }),
    },
    { id: 'unpackFailed', reason: 'DeadlineExceeded' },
  ],
  [
    'a bundle was unpacked once, and OLM can not resolve any more',
    { subscription: saying({ type: 'BundleUnpacking', reason: 'UnpackingInProgress' }, failedAtFirst) },
    { id: 'catalogDead', catalog: 'platform' },
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
