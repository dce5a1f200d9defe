import { describe, expect, test } from 'vitest';
import type { Cause } from './cause';
import { diagnose } from './diagnose';
import type { DiagnosisFacts } from './facts';
import { catalogSource, facts, job, saying } from './testing';

type Case = [string, Partial<DiagnosisFacts>, Partial<Cause>];

const unhealthy = (message: string) =>
  saying({ type: 'CatalogSourcesUnhealthy', reason: 'UnhealthyCatalogSourceFound', message });
const invalid = {
  ...catalogSource('platform', ''),
  status: {
    reason: 'SpecInvalidError',
    message: 'image and address unset: at least one must be set',
  } as object,
};
const catalogs: Case[] = [
  [
    'its own is gone',
    {
      subscription: unhealthy('targeted catalogsource cpaas-system/platform missing'),
      catalogSources: undefined,
    },
    { id: 'catalogMissing', catalog: 'platform' },
  ],
  [
    'another one whose name begins the same way does not matter',
    {
      subscription: unhealthy('targeted catalogsource cpaas-system/platform-old missing'),
      catalogSources: undefined,
    },
    { id: 'slow' },
  ],
  [
    'its own is there, in a namespace whose catalogs are not offered to others',
    { subscription: unhealthy('targeted catalogsource cpaas-system/platform missing') },
    { id: 'catalogMissing', catalog: 'platform', elsewhere: true },
  ],
  [
    'there is none at all',
    {
      subscription: saying({
        type: 'CatalogSourcesUnhealthy',
        reason: 'NoCatalogSourcesFound',
        message: 'dependency resolution requires at least one catalogsource',
      }),
      catalogSources: undefined,
    },
    { id: 'catalogMissing', catalog: 'platform' },
  ],
  ['its CatalogSource is wrong in itself', { catalogSources: [invalid] }, { id: 'catalogDead', own: true }],
];

const notUnpacked = (message: string) =>
  saying({ type: 'BundleUnpackFailed', reason: 'BundleUnpackFailed', message });
const failed = job({ conditions: [{ type: 'Failed', status: 'True' }] });
const earlier = { ...failed, metadata: { ...failed.metadata, creationTimestamp: '2025-12-31T23:00:00Z' } };
const unpacking: Case[] = [
  [
    'the image could not be pulled in time, and OLM tries again',
    {
      subscription: notUnpacked(
        'Bundle unpacking failed - DeadlineExceeded: Job was active longer than specified deadline. Auto-retry in ~5 min after job cleanup (TTL).',
      ),
    },
    { id: 'unpackFailed', reason: 'DeadlineExceeded', retries: true },
  ],
  [
    'the Job has failed too often',
    {
      subscription: notUnpacked(
        'Bundle unpacking failed - BackoffLimitExceeded: Job has reached the specified backoff limit. Auto-retry in ~5 min after job cleanup (TTL).',
      ),
    },
    { id: 'unpackFailed', reason: 'BackoffLimitExceeded', retries: true },
  ],
  [
    'the Job of an earlier Subscription had failed already',
    {
      subscription: notUnpacked(
        'bundle unpacking failed. Reason: DeadlineExceeded, and Message: Job was active longer than specified deadline',
      ),
      jobs: [earlier],
    },
    { id: 'unpackFailed', image: 'r/kiali-bundle:1', reason: 'DeadlineExceeded', retries: false },
  ],
];

describe.each([
  ['catalogs', catalogs],
  ['unpacking', unpacking],
])('what OLM writes about %s means that', (_, cases) => {
  test.each(cases)('%s', (__, changes, cause) => {
    expect(diagnose(facts(changes)).cause).toMatchObject(cause);
  });
});
