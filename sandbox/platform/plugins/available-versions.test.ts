import { expect, test } from 'vitest';
import type { ModuleConfig, ModuleSpec } from './api.ts';
import { availableVersions } from './available-versions.ts';

const config = (version: string, spec: Partial<ModuleSpec> = {}, lifecycle = 'Aligned'): ModuleConfig => ({
  apiVersion: 'cluster.alauda.io/v1alpha1',
  kind: 'ModuleConfig',
  metadata: { name: `metallb-${version}`, labels: { 'cpaas.io/lifecycle-type': lifecycle } },
  spec: { name: 'metallb', version, description: {}, logo: '', deleteable: true, ...spec },
  status: { readyForDeploy: true },
});
const versionsOf = (current: string, configs: ModuleConfig[]) =>
  availableVersions(current, configs, 'v4.2.1').map(({ version }) => version);

test('newer versions are offered, newest first', () => {
  expect(versionsOf('v4.0.9', [config('v4.0.9'), config('v4.0.10'), config('v4.2.0')])).toEqual([
    'v4.2.0',
    'v4.0.10',
  ]);
});

test('without a newer one the running version stands alone', () => {
  expect(versionsOf('v4.2.0', [config('v4.1.0'), config('v4.2.0')])).toEqual(['v4.2.0']);
});

test('a version that can not be upgraded to, or is for another platform, is not offered', () => {
  const far = config('v4.2.0', { supportedUpgradeVersions: '>= v4.1.0' });
  const foreign = config('v4.3.0', { targetClusterVersions: ['v4.3.0'] });
  expect(versionsOf('v4.0.0', [config('v4.0.0'), far, foreign])).toEqual(['v4.0.0']);
});

test('a Core plugin names what the next platform brings', () => {
  const next = config('v4.3.0', { targetClusterVersions: ['v4.3.0'] }, 'core');
  expect(versionsOf('v4.2.0', [config('v4.2.0', {}, 'core'), next])).toEqual(['v4.3.0']);
});

test('an offer carries its risk, low unless it says otherwise', () => {
  const risky = config('v4.2.0', { upgradeRiskLevel: 'High', upgradeRiskDescriptionEn: 'A gap.' });
  expect(availableVersions('v4.1.0', [risky, config('v4.1.1')], undefined)).toEqual([
    { version: 'v4.2.0', riskLevel: 'High', description: '', descriptionEn: 'A gap.' },
    { version: 'v4.1.1', riskLevel: 'low', description: '' },
  ]);
});
