import { expect, test } from 'vitest';
import { parseImage } from './image-registry.ts';

const digest = `sha256:${'a'.repeat(64)}`;

test.each([
  [
    'registry.alauda.cn/devops/x-bundle:v1',
    { registry: 'registry.alauda.cn', repository: 'devops/x-bundle', tag: 'v1' },
  ],
  [
    'registry:60080/a/b/c:v1.2.3-beta.1',
    { registry: 'registry:60080', repository: 'a/b/c', tag: 'v1.2.3-beta.1' },
  ],
  [`registry/x@${digest}`, { registry: 'registry', repository: 'x', tag: '', digest }],
  ['registry/x@sha256:abc', undefined],
  ['registry/x', undefined],
  ['x:v1', undefined],
  ['', undefined],
])('image %s', (image, parts) => {
  expect(parseImage(image)).toEqual(parts);
});
