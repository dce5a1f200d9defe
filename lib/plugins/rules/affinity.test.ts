import { describe, expect, test } from 'vitest';
import { checkAffinity, requirementsOf } from './affinity';

const labels = { 'is-global': 'true', 'cpaas.io/os-linux': '', 'cluster-type': 'Baremetal', nodes: '10' };
const expression = (key: string, operator: string, ...values: string[]) => ({
  clusterAffinity: { matchExpressions: [{ key, operator, values }] },
});

describe('a requirement on a cluster', () => {
  test.each([
    [expression('cluster-type', 'In', 'Baremetal', 'DCS'), true],
    [expression('cluster-type', 'In', 'DCS'), false],
    [expression('absent', 'In', ''), false],
    [expression('cluster-type', 'NotIn', 'DCS'), true],
    [expression('cluster-type', 'NotIn', 'Baremetal'), false],
    [expression('absent', 'NotIn', 'x'), true],
    [expression('cpaas.io/os-linux', 'Exists'), true],
    [expression('absent', 'Exists'), false],
    [expression('absent', 'DoesNotExist'), true],
    [expression('is-global', 'DoesNotExist'), false],
    [expression('nodes', 'Gt', '9'), true],
    [expression('nodes', 'Gt', '10'), false],
    [expression('nodes', 'Lt', '11'), true],
    [expression('is-global', 'Lt', '11'), false],
    [expression('nodes', 'Gt'), false],
    [expression('nodes', 'Near', '9'), false],
    [expression('constructor', 'Exists'), false],
    [{ clusterAffinity: { matchLabels: { 'is-global': 'true' } } }, true],
    [{ clusterAffinity: { matchLabels: { 'is-global': 'false' } } }, false],
    [{ clusterAntiAffinity: { matchLabels: { 'is-global': 'true' } } }, false],
    [{ clusterAntiAffinity: { matchLabels: { 'is-global': 'false' } } }, true],
    [{ pluginAntiAffinity: ['other'] }, false],
    [{ pluginAntiAffinity: ['another'] }, true],
  ])('%j is satisfied: %j', (affinity, satisfied) => {
    const checked = checkAffinity(affinity, { labels, plugins: ['other'] });
    expect(checked.map((one) => one.satisfied)).toEqual([satisfied]);
  });

  test('is said in words, with what the cluster has instead', () => {
    const [checked] = checkAffinity(expression('cluster-type', 'In', 'DCS', 'VSphere'), {
      labels,
      plugins: [],
    });
    expect(checked).toMatchObject({
      words: 'label cluster-type is one of "DCS", "VSphere"',
      actual: 'Baremetal',
      satisfied: false,
    });
  });

  test('is left open where the labels of the cluster are not known', () => {
    const [checked] = checkAffinity(expression('a', 'Exists'), { labels: undefined, plugins: [] });
    expect(checked?.satisfied).toBeUndefined();
  });
});

test('an anti-affinity refuses only a cluster that fits all of it', () => {
  const affinity = { clusterAntiAffinity: { matchLabels: { 'is-global': 'true', 'cluster-type': 'DCS' } } };
  expect(checkAffinity(affinity, { labels, plugins: [] }).every(({ satisfied }) => satisfied)).toBe(true);
});

test('a plugin without affinity has no requirements', () => {
  expect(requirementsOf(undefined)).toEqual([]);
  expect(requirementsOf({ clusterAffinity: {} })).toEqual([]);
});
