import { expect, test } from 'vitest';
import { resourcePath } from './resource-path';

const pods = { group: '', version: 'v1', resource: 'pods' };

test.each([
  ['a/b', '/api/v1/namespaces/n/pods/a%2Fb'],
  ['a?x=1#y', '/api/v1/namespaces/n/pods/a%3Fx%3D1%23y'],
])('the name %s can not leave its place in a path', (name, path) => {
  expect(resourcePath(pods, { namespace: 'n', name })).toBe(path);
});

test.each(['.', '..'])('%s is not a name', (name) => {
  expect(() => resourcePath(pods, { namespace: 'n', name })).toThrow(RangeError);
});

test('an API that a catalogue names stays below its group and version', () => {
  const ref = { group: 'x/../../api/v1', version: 'v1?limit=1', resource: 'a/b' };
  expect(resourcePath(ref)).toBe('/apis/x%2F..%2F..%2Fapi%2Fv1/v1%3Flimit%3D1/a%2Fb');
  expect(() => resourcePath({ ...ref, version: '..' })).toThrow(RangeError);
});
