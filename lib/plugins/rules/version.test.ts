import { describe, expect, test } from 'vitest';
import { compareVersions, fitsPlatform, isInAnyRange, isInRange } from './version';

test('versions are ordered as versions, with and without a v', () => {
  const versions = ['v4.10.0', '4.9.1', 'v4.10.0-beta.2', 'v4.10.0-beta.10', 'latest', 'v4'];
  expect(versions.sort(compareVersions)).toEqual([
    'latest',
    'v4',
    '4.9.1',
    'v4.10.0-beta.2',
    'v4.10.0-beta.10',
    'v4.10.0',
  ]);
});

describe('a range', () => {
  test.each([
    ['v1.0.0', '>= v1.0.0', true],
    ['v0.9.0', '>= v1.0.0', false],
    ['v4.2.0-beta.10.g2f73247e', '>= v1.0.0', true],
    ['v4.1.3', '>=v4.0.0 <v4.2.0', true],
    ['v4.1.3', '>=v4.0.0, <v4.1.0', false],
    ['v4.1.3', '~v4.1', true],
    ['v4.1.3', 'v4.1.3', true],
    ['v4.1.3', '*', true],
    ['v4.1.3', '', true],
    ['latest', 'latest', true],
    ['latest', '>= v1.0.0', false],
    ['v4.1.3', 'nonsense >>', false],
    ['v4.1.3', 'v1 || v4', true],
  ])('%s lies in %j: %j', (version, range, expected) => {
    expect(isInRange(version, range)).toBe(expected);
  });

  test('that is too long to be one holds for nothing', () => {
    expect(isInRange('v4.1.3', '>= v1.0.0 '.repeat(100))).toBe(false);
  });

  test('of several, one is enough; none at all means any version', () => {
    expect(isInAnyRange('v2.0.0', ['v1.0.0', '>= v2.0.0'])).toBe(true);
    expect(isInAnyRange('v2.0.0', [])).toBe(true);
    expect(isInAnyRange('v2.0.0', ['v1.0.0'])).toBe(false);
  });
});

test.each([
  ['v4.2.1', ['v4.2.1'], true],
  ['v4.2.1', ['v4.2.1-beta.7'], true],
  ['v4.2.1', ['v4.2.0'], true],
  ['v4.2.1', ['v4.2'], true],
  ['v4.2.1', ['v4.1.9', 'v4.3.0'], false],
  ['v4.2.1', ['>= v4.0.0'], true],
  ['v4.2.1', undefined, true],
  [undefined, ['v4.2.0'], true],
])('platform %s is one of %j: %j', (platform, targets, expected) => {
  expect(fitsPlatform(platform, targets)).toBe(expected);
});
