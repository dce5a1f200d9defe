import { expect, test } from 'vitest';
import { compileJsonPath } from './jsonpath.ts';

const object = {
  metadata: { labels: { 'cpaas.io/name': 'x' } },
  status: {
    versions: [{ version: 'v2' }, { version: 'v1' }],
    conditions: [
      { type: 'Ready', status: 'True' },
      { type: 'Other', status: 'False' },
    ],
  },
};

test.each([
  ['.metadata.labels.cpaas\\.io/name', ['x']],
  [".metadata.labels['cpaas.io/name']", ['x']],
  ['{.status.versions[0].version}', ['v2']],
  ['.status.versions[*].version', ['v2', 'v1']],
  ['.status.versions[-1].version', ['v1']],
  ['.status.conditions[?(@.type=="Ready")].status', ['True']],
  ['.status.absent[0].x', []],
  ['.constructor.name', []],
])('%s finds %j', (path, expected) => {
  expect(compileJsonPath(path)?.(object)).toEqual(expected);
});

test('a path that does not parse is none', () => {
  expect(compileJsonPath('.a[')).toBeUndefined();
});
