import { describe, expect, test } from 'vitest';
import { pluginStatusOf, synchronisingSince } from './status';
import { moduleConfig, moduleInfo, modulePlugin } from './testing';

const plugin = modulePlugin('x');
const configs = [moduleConfig('x', 'v1.0.0')];

describe('a plugin that is not installed', () => {
  test.each([
    ['is Absent without a version', [], 'Absent'],
    ['is Absent while no version is ready', [moduleConfig('x', 'v1.0.0', {}, false)], 'Absent'],
    ['is Ready with one that is', [moduleConfig('x', 'v2.0.0', {}, false), ...configs], 'Ready'],
  ])('%s', (_, versions, status) => {
    expect(pluginStatusOf({ plugin, configs: versions })).toBe(status);
  });

  test('tells since when its first version is being synchronised', () => {
    const waiting = [moduleConfig('x', 'v1.0.0', {}, false)];
    expect(synchronisingSince({ plugin, configs: waiting })).toBe('2026-01-01T00:00:00Z');
    expect(synchronisingSince({ plugin, configs })).toBeUndefined();
  });
});

describe('an installation', () => {
  test.each([
    [undefined, 'Installing'],
    [{ phase: 'Processing', version: '' }, 'Installing'],
    [{ phase: 'Failed', version: '' }, 'Failed'],
    [{ phase: 'Running', version: 'v1.0.0' }, 'Running'],
    [{ phase: 'running', version: 'v1.0.0' }, 'Running'],
    [{ phase: 'Installed', version: 'v1.0.0' }, 'Running'],
    [{ phase: 'Processing', version: 'v1.0.0' }, 'Installing'],
    [{ phase: 'Failed', version: 'v1.0.0' }, 'Failed'],
    [{ phase: 'Running', version: 'v0.9.0' }, 'Upgrading'],
    [{ phase: 'Failed', version: 'v0.9.0' }, 'Upgrading'],
    [{ phase: 'Hibernating', version: 'v1.0.0' }, 'Hibernating'],
    [{ phase: 'constructor', version: 'v1.0.0' }, 'constructor'],
  ])('with status %j is %s', (status, expected) => {
    // An absent status is not the same as the helper's default.
    const info = { ...moduleInfo('x', 'business', 'v1.0.0'), status };
    expect(pluginStatusOf({ plugin, configs, info })).toBe(expected);
  });

  test('that is being removed is Deleting, whatever its phase says', () => {
    const info = moduleInfo('x', 'business', 'v1.0.0');
    info.metadata.deletionTimestamp = '2026-01-02T00:00:00Z';
    expect(pluginStatusOf({ plugin, configs, info })).toBe('Deleting');
  });
});
