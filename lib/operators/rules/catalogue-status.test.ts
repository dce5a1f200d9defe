import { describe, expect, test } from 'vitest';
import type { OperatorStatus, Subscription } from '../contract';
import { aggregateStatus, withStatus } from './catalogue-status';
import type { PackageRow } from './package-manifest';

describe('the status of a package', () => {
  test.each<[OperatorStatus[], OperatorStatus]>([
    [[], 'Ready'],
    [['Installed'], 'Installed'],
    [['Installed', 'Installing'], 'Installing'],
    [['Installing', 'Upgrade available'], 'Upgrade available'],
    [['Upgrade available', 'Awaiting approval'], 'Awaiting approval'],
    [['Installed', 'Awaiting approval', 'Failed'], 'Failed'],
  ])('over %j is %s', (statuses, expected) => {
    expect(aggregateStatus(statuses)).toBe(expected);
  });

  const row: PackageRow = {
    catalogNamespace: 'cpaas-system',
    catalog: 'platform',
    catalogDisplayName: 'Platform',
    name: 'kiali',
    displayName: 'Kiali',
    provider: '',
    source: 'Community',
    version: '1.10.0',
    channel: 'stable',
    description: '',
    categories: [],
    keywords: [],
    deprecations: [],
    deprecated: { channels: ['old'], clusterServiceVersions: ['kiali.v0.9.0'] },
  };
  const installed = (namespace: string, installedVersion: string, catalog = 'platform'): Subscription => ({
    namespace,
    name: 'kiali',
    uid: namespace,
    package: 'kiali',
    catalog,
    catalogNamespace: 'cpaas-system',
    channel: 'stable',
    approval: 'Manual',
    createdAt: '2026-01-01T00:00:00Z',
    status: 'Installed',
    installedVersion,
    conditions: [],
    deprecations: [],
  });

  test('counts every namespace, and tells the highest version that runs', () => {
    const subscriptions = [installed('a', '1.9.0'), installed('b', '1.10.0')];
    expect(withStatus(row, subscriptions)).toMatchObject({ status: 'Installed', installedVersion: '1.10.0' });
  });

  test('tells what is deprecated of it, also of what runs only here', () => {
    const old = { ...installed('a', '0.9.0'), channel: 'old', installedCSV: 'kiali.v0.9.0' };
    expect(withStatus(row, []).deprecations).toEqual([]);
    expect(withStatus(row, [old]).deprecations).toEqual(['channel', 'version']);
    const told = { ...installed('a', '1.9.0'), deprecations: [{ part: 'package' as const, message: '' }] };
    expect(withStatus(row, [told]).deprecations).toEqual(['package']);
    expect(withStatus(row, [])).not.toHaveProperty('deprecated');
  });

  test('does not count the same name of another catalog', () => {
    expect(withStatus(row, [installed('a', '1.9.0', 'custom')]).status).toBe('Ready');
  });
});
