import { expect, test } from 'vitest';
import { architecturesOf, isNewEnough, missingArchitectures } from './fit';

test.each([
  ['1.25.0', 'v1.33.5', true],
  ['1.33.5', 'v1.33.5+k3s1', true],
  ['v1.34', 'v1.33.9', false],
  ['1.9.0', 'v1.10.2-eks-4', true],
  [undefined, 'v1.33.5', undefined],
  ['1.25.0', undefined, undefined],
  ['newest', 'v1.33.5', undefined],
])('an operator for %s on a cluster with %s: %s', (minimum, version, expected) => {
  expect(isNewEnough(minimum, version)).toBe(expected);
});

test('an operator that names architectures lacks those of the nodes that it does not name', () => {
  const nodes = architecturesOf({
    'cpaas.io/arch-arm64': 'true',
    'cpaas.io/arch-amd64': 'false',
    'x/arch-s': 'true',
  });
  expect(nodes).toEqual(['arm64']);
  expect(missingArchitectures({ architectures: ['amd64'] }, nodes)).toEqual(['arm64']);
  expect(missingArchitectures({ architectures: ['amd64', 'arm64'] }, nodes)).toEqual([]);
  expect(missingArchitectures({ architectures: [] }, nodes)).toEqual([]);
});
