import { describe, expect, test } from 'vitest';
import { blocked } from '@/lib/clusters/rules/features/component';
import { showRun } from '@/lib/clusters/rules/features/run-state';
import { component, plugin, step } from '@/lib/clusters/rules/features/testing';
import { attentionOf } from './attention';
import { commonBlock, featureRows, isChoosable } from './feature-rows';
import { filterMatrix, matrixRows } from './matrix';

const steps = showRun(
  {
    id: 'run',
    startedBy: 'admin',
    startedAt: '2026-01-01T00:00:00.000Z',
    steps: new Map([
      ['step-0000', step('storage', { state: 'running' })],
      ['step-0001', step('gone', { state: 'failed' })],
    ]),
    drivers: new Map(),
  },
  'business',
  0,
).steps;

describe('the rows of the table', () => {
  const rows = featureRows(
    [plugin('storage'), plugin('logs'), blocked(plugin('dns'), { code: 'core', values: {} })],
    steps,
  );

  test('are what can be upgraded, with its step, and the steps of what is not there any more', () => {
    expect(rows.map(({ key, step: one }) => [key, one?.state])).toEqual([
      ['plugin/storage', 'running'],
      ['plugin/logs', undefined],
      ['plugin/gone', 'failed'],
    ]);
  });

  test('can be chosen unless their upgrade is under way', () => {
    expect(rows.map(isChoosable)).toEqual([false, true, false]);
  });

  test('tell a permission that is missing for all of them', () => {
    const block = { code: 'permission' as const, values: { verb: 'patch' } };
    expect(commonBlock(featureRows([blocked(plugin('logs'), block)], []))).toEqual(block);
    expect(commonBlock(rows)).toBeUndefined();
  });
});

describe('what needs attention', () => {
  test('begins with what does not answer and leaves out what waits for approval', () => {
    const cluster = { displayName: '', global: false, labels: {}, health: 'Healthy' as const };
    const waits = {
      key: 'waitsForApproval' as const,
      values: {},
      says: { kind: 'InstallPlan', namespace: 'demo', name: 'x' },
    };
    const items = [
      component('harbor', { stuck: waits }),
      component('redis', { status: 'Failed', selectable: false }),
    ];
    const found = attentionOf(
      [
        { ...cluster, name: 'business' },
        { ...cluster, name: 'edge', health: 'Unreachable', reason: 'no route' },
      ],
      [
        {
          cluster: 'business',
          error: null,
          list: {
            items,
            partial: [],
            deadCatalogs: [{ namespace: 'cpaas-system', name: 'x', state: 'DOWN' }],
          },
        },
      ],
    );
    expect(found.map(({ kind, cluster: name }) => `${kind} ${name}`)).toEqual([
      'cluster edge',
      'catalog business',
      'failure business',
      'upgrades business',
    ]);
  });
});

describe('the matrix of versions', () => {
  const on = (cluster: string, from: string, changes = {}) => ({
    ...plugin('storage', { from, ...changes }),
    cluster,
  });
  const rows = matrixRows(
    [
      on('business', '1.0.0'),
      on('edge', '1.1.0', { selectable: false }),
      { ...plugin('logs'), cluster: 'edge', selectable: false },
    ],
    'plugin',
  );

  test('has a row per plugin and a cell per cluster', () => {
    expect(rows.map(({ name, cells }) => [name, [...cells.keys()]])).toEqual([
      ['logs', ['edge']],
      ['storage', ['business', 'edge']],
    ]);
  });

  test.each([
    [{ q: 'STOR', upgradable: false, differing: false }, ['storage']],
    [{ q: '', upgradable: true, differing: false }, ['storage']],
    [{ q: '', upgradable: false, differing: true }, ['storage']],
    [{ q: '', upgradable: false, differing: false }, ['logs', 'storage']],
  ])('is narrowed by %o', (filter, expected) => {
    expect(filterMatrix(rows, filter).map(({ name }) => name)).toEqual(expected);
  });
});
