import { describe, expect, test } from 'vitest';
import { fitsPlatform, inRange, newestVersion } from './versions.ts';

test.each([
  [['v4.0.9', 'v4.0.15', 'v4.0.4'], 'v4.0.15'],
  [['v4.2.0-beta.10.g2f73247e', 'v4.2.0', 'v4.1.9'], 'v4.2.0'],
  [['v4.2.0-beta.9.gaaaaaaa', 'v4.2.0-beta.10.g2f73247e'], 'v4.2.0-beta.10.g2f73247e'],
  [['nightly', 'v0.0.1'], 'v0.0.1'],
  [[], undefined],
])('the newest of %j is %s', (versions, newest) => {
  expect(newestVersion(versions)).toBe(newest);
});

describe('a range of versions', () => {
  test.each([
    ['v4.0.4', '>= v1.0.0', true],
    ['v0.9.0', '>= v1.0.0', false],
    ['v4.1.2', '>= v4.0.0, < v4.2.0', true],
    ['v4.2.0', '>= v4.0.0, < v4.2.0', false],
    ['v4.2.0-beta.1', '>= v4.0.0', true],
    ['v3.9.0', '~3.9 || ^4.1', true],
    ['v1.0.0', '*', true],
    ['v1.0.0', undefined, true],
    ['v1.0.0', '', true],
    ['v1.0.0', 'not a range', false],
    ['v1.0.0', `>=${'1'.repeat(300)}`, false],
  ])('%s in %s: %s', (version, range, expected) => {
    expect(inRange(version, range)).toBe(expected);
  });
});

test.each([
  ['v4.2.3', ['v4.2.0'], true],
  ['v4.2.3', ['v4.1', 'v4.2'], true],
  ['v4.2.3', ['v4.1.0'], false],
  ['v4.2.3', [], true],
  ['v4.2.3', undefined, true],
  [undefined, ['v4.1.0'], true],
])('platform %s for targets %j: %s', (platform, targets, expected) => {
  expect(fitsPlatform(platform, targets)).toBe(expected);
});
