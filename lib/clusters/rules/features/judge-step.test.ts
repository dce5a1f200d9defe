import { describe, expect, test } from 'vitest';
import { clusterServiceVersion, installPlan, subscription } from '@/lib/operators/rules/testing';
import type { ModuleInfoObject } from '@/lib/plugins/rules/objects';
import { moduleInfo } from '@/lib/plugins/rules/testing';
import { isSent, judgeStep, type RunFacts } from './judge-step';
import { step } from './testing';

const startedAt = '2026-01-01T00:00:00.000Z';
const later = Date.parse(startedAt) + 30_000;
const operator = step('kiali', {
  kind: 'operator',
  namespace: 'demo',
  state: 'running',
  startedAt,
  plan: { name: 'install-1', uid: 'uid-of-install-1', clusterServiceVersionNames: ['kiali.v1.1.0'] },
});
const upgrading = subscription({
  currentCSV: 'kiali.v1.1.0',
  installedCSV: 'kiali.v1.0.0',
  plan: 'install-1',
});

const failing = clusterServiceVersion('kiali.v1.1.0', 'Failed');
const unmet = { ...failing, status: { ...failing.status, reason: 'RequirementsNotMet' } };

function facts(changes: Partial<RunFacts> = {}): RunFacts {
  return {
    subscriptions: [upgrading],
    installPlans: [
      installPlan('install-1', { approved: true, phase: 'Installing', names: ['kiali.v1.1.0'] }),
    ],
    clusterServiceVersions: [],
    moduleInfos: [],
    now: later,
    ...changes,
  };
}

describe('the upgrade of an operator', () => {
  test.each([
    ['is under way while its plan is carried out', {}, { state: 'running', progress: 40 }],
    [
      'is under way until its new version serves',
      { clusterServiceVersions: [clusterServiceVersion('kiali.v1.1.0', 'Installing')] },
      { state: 'running', progress: 80 },
    ],
    [
      'has succeeded when it does',
      { clusterServiceVersions: [clusterServiceVersion('kiali.v1.1.0', 'Succeeded')] },
      { state: 'succeeded' },
    ],
    [
      'has failed when its new version has',
      { clusterServiceVersions: [clusterServiceVersion('kiali.v1.1.0', 'Failed')] },
      { state: 'failed', code: 'failed' },
    ],
    [
      'is under way while OLM misses for a moment what its new version requires',
      { clusterServiceVersions: [unmet] },
      { state: 'running' },
    ],
    [
      'has failed with its plan',
      { installPlans: [installPlan('install-1', { approved: true, phase: 'Failed' })] },
      { state: 'failed', code: 'failed' },
    ],
    ['is lost with its Subscription', { subscriptions: [] }, { state: 'failed', code: 'gone' }],
    ['takes too long after 20 minutes', { now: later + 21 * 60_000 }, { state: 'failed', code: 'tooLong' }],
  ])('%s', (_, changes, expected) => {
    expect(judgeStep(operator, facts(changes))).toMatchObject(expected);
  });

  test('is judged by its own version while OLM heads for the next one', () => {
    const next = subscription({
      currentCSV: 'kiali.v1.2.0',
      installedCSV: 'kiali.v1.1.0',
      plan: 'install-2',
    });
    const at = (phase: string) =>
      judgeStep(
        operator,
        facts({
          subscriptions: [next],
          clusterServiceVersions: [clusterServiceVersion('kiali.v1.1.0', phase)],
        }),
      ).state;
    expect(at('Installing')).toBe('running');
    expect(at('Succeeded')).toBe('succeeded');
  });

  test('counts as sent once its very plan is approved', () => {
    expect(isSent(operator, facts())).toBe(true);
    expect(isSent(operator, facts({ installPlans: [installPlan('install-1')] }))).toBe(false);
    expect(isSent(operator, facts({ installPlans: [installPlan('install-2', { approved: true })] }))).toBe(
      false,
    );
  });
});

describe('the upgrade of a plugin', () => {
  const running = step('nfs', { state: 'running', startedAt, to: 'v2' });
  const at = (info: ModuleInfoObject, now = later) => judgeStep(running, facts({ moduleInfos: [info], now }));
  const info = (phase: string, version: string, more: ModuleInfoObject['status'] = {}) =>
    moduleInfo('nfs', 'business', 'v2', { ...more, phase, version });

  test('has succeeded when the platform says Running of the wanted version', () => {
    expect(at(info('Running', 'v1'))).toMatchObject({ state: 'running' });
    expect(at(info('Running', 'v2'))).toEqual({ state: 'succeeded' });
  });

  test('has failed in the words of the platform, but not by the status of before', () => {
    const failed = info('Failed', 'v1', { blockReasons: ['release nfs: no image'] });
    expect(at(failed, Date.parse(startedAt) + 500)).toMatchObject({ state: 'running' });
    expect(at(failed)).toEqual({ state: 'failed', code: 'failed', detail: 'release nfs: no image' });
  });

  test('counts as sent once the version is wanted', () => {
    expect(isSent(running, facts({ moduleInfos: [info('Running', 'v1')] }))).toBe(true);
    expect(isSent(running, facts({ moduleInfos: [moduleInfo('nfs', 'business', 'v1')] }))).toBe(false);
  });
});
