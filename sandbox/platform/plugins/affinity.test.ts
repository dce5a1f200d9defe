import { describe, expect, test } from 'vitest';
import { affinityFailures } from './affinity.ts';
import type { PluginAffinity } from './api.ts';

const business = {
  name: 'business',
  labels: { 'cpaas.io/os-linux': '', 'cpaas.io/arch-amd64': 'true', 'cluster-type': 'Baremetal', nodes: '5' },
};
const expression = (key: string, operator: string, ...values: string[]): PluginAffinity => ({
  clusterAffinity: { matchExpressions: [{ key, operator, values }] },
});

describe('cluster affinity', () => {
  test.each([
    ['In', expression('cluster-type', 'In', 'DCS', 'Baremetal'), true],
    ['In without the label', expression('region', 'In', 'eu'), false],
    ['NotIn', expression('cluster-type', 'NotIn', 'Baremetal'), false],
    ['NotIn without the label', expression('region', 'NotIn', 'eu'), true],
    ['Exists with an empty value', expression('cpaas.io/os-linux', 'Exists'), true],
    ['Exists without the label', expression('is-global', 'Exists'), false],
    ['DoesNotExist', expression('is-global', 'DoesNotExist'), true],
    ['Gt', expression('nodes', 'Gt', '4'), true],
    ['Gt of an equal number', expression('nodes', 'Gt', '5'), false],
    ['Lt', expression('nodes', 'Lt', '6'), true],
    ['Gt of what is no number', expression('cluster-type', 'Gt', '1'), false],
    ['an unknown operator', expression('nodes', 'Roughly', '5'), false],
    ['a label named like a property of objects', expression('constructor', 'Exists'), false],
    ['nothing asked', {}, true],
    ['no affinity', undefined, true],
  ])('%s', (_, affinity, fits) => {
    expect(affinityFailures(affinity, business).length === 0).toBe(fits);
  });

  test('each requirement that fails is named', () => {
    const affinity: PluginAffinity = {
      clusterAffinity: {
        matchLabels: { 'is-global': 'true', 'cpaas.io/arch-amd64': 'true' },
        matchExpressions: [{ key: 'cluster-type', operator: 'In', values: ['DCS', 'VSphere'] }],
      },
    };
    expect(affinityFailures(affinity, business)).toEqual([
      'cluster business does not match the cluster affinity: is-global=true',
      'cluster business does not match the cluster affinity: cluster-type In (DCS, VSphere)',
    ]);
  });
});

test('anti-affinity refuses a cluster that matches all of it, and only that', () => {
  const both = { matchLabels: { 'cluster-type': 'Baremetal', 'cpaas.io/arch-amd64': 'true' } };
  const one = { matchLabels: { 'cluster-type': 'Baremetal', 'cpaas.io/arch-arm64': 'true' } };
  expect(affinityFailures({ clusterAntiAffinity: both }, business)).toHaveLength(1);
  expect(affinityFailures({ clusterAntiAffinity: one }, business)).toEqual([]);
  expect(affinityFailures({ clusterAntiAffinity: {} }, business)).toEqual([]);
});

test('a plugin that excludes another is refused beside it', () => {
  const affinity = { pluginAntiAffinity: ['prometheus'] };
  expect(affinityFailures(affinity, business, ['prometheus', 'alb'])).toHaveLength(1);
  expect(affinityFailures(affinity, business, ['alb'])).toEqual([]);
});
