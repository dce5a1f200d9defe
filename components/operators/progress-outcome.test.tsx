import { NextIntlClientProvider } from 'next-intl';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import type { Operator, Subscription } from '@/lib/operators/contract';
import messages from '@/messages/en.json';
import { Initialization } from './initialization';
import { ProgressOutcome } from './progress-outcome';
import { SubscriptionConditions } from './subscription-conditions';

const subscription: Subscription = {
  namespace: 'tekton',
  name: 'tektoncd-operator',
  uid: '1',
  package: 'tektoncd-operator',
  catalog: 'platform',
  catalogNamespace: 'cpaas-system',
  channel: 'stable',
  approval: 'Manual',
  createdAt: '2026-01-01T00:00:00Z',
  status: 'Installing',
  startingCSV: 'tektoncd-operator.v4.1.0',
  currentCSV: 'tektoncd-operator.v4.2.0',
  conditions: [
    { type: 'ResolutionFailed', status: 'True', reason: 'ErrorPreventedResolution', message: 'no such host' },
    { type: 'CatalogSourcesUnhealthy', status: 'False' },
    { type: 'BundleUnpacking', status: 'True', reason: 'UnpackingInProgress' },
  ],
  deprecations: [],
};
const channel = {
  name: 'stable',
  initializationResource: { kind: 'TektonConfig', yaml: 'kind: TektonConfig\n' },
};
// Only what the parts under test read.
const operator = { displayName: 'Pipelines', channels: [channel] } as Operator;

function textOf(part: ReactNode): string {
  const page = renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={messages} timeZone="UTC">
      {part}
    </NextIntlClientProvider>,
  );
  return page.replace(/<[^>]+>/g, ' ').replaceAll('&#x27;', "'");
}

const outcome = (part: Partial<Subscription>) =>
  textOf(
    <ProgressOutcome
      cluster="business"
      operator={operator}
      subscription={{ ...subscription, ...part }}
      approvalTold={false}
    />,
  );

describe('the progress of an installation', () => {
  test('says that OLM took another version than the chosen one, and follows it', () => {
    expect(outcome({})).toContain(
      'tektoncd-operator.v4.1.0 was asked for, and OLM took tektoncd-operator.v4.2.0',
    );
    expect(outcome({ currentCSV: subscription.startingCSV })).not.toContain('was asked for');
  });

  test('is silent about it once something runs: what comes then is an upgrade', () => {
    expect(outcome({ status: 'Installed', installedVersion: '4.2.0' })).not.toContain('was asked for');
  });

  test('gives the cluster’s own words for a failure', () => {
    expect(outcome({ status: 'Failed', message: 'bundle unpacking failed' })).toContain(
      'bundle unpacking failed',
    );
  });

  test('shows what OLM says of the Subscription until the operator runs', () => {
    const conditions = (status: Subscription['status']) =>
      textOf(<SubscriptionConditions subscription={{ ...subscription, status }} />);
    expect(conditions('Resolving')).toContain('no such host');
    expect(conditions('Resolving')).not.toContain('CatalogSourcesUnhealthy');
    expect(conditions('Unpacking')).toContain('BundleUnpacking');
    expect(conditions('Installing')).not.toContain('BundleUnpacking');
    expect(conditions('Installed')).toBe('');
  });

  test('ends with the command for a first object, where the operator needs one', () => {
    const first = (status: Subscription['status']) =>
      textOf(
        <Initialization cluster="business" operator={operator} subscription={{ ...subscription, status }} />,
      );
    expect(first('Installing')).toBe('');
    expect(first('Installed')).toContain('Create the first TektonConfig');
    expect(first('Installed')).toContain("kubectl --context 'business' create -f -");
  });
});
