import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { bundleImages, bundleManifests } from '@/lib/testing/bundles';
import { realTest } from '@/lib/testing/recordings';
import { nameOf, parseManifests } from './manifest';
import { readUnpackedBundle } from './unpacked-bundle';

const yaml = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: a\n';
const gzip = { metadata: { annotations: { 'olm.contentEncoding': 'gzip+base64' } } };

function packed(content: string): string {
  // OLM writes base64 of gzip into the bytes of `binaryData`, which JSON shows in base64 once more.
  return Buffer.from(gzipSync(content).toString('base64')).toString('base64');
}

describe('the ConfigMap of an unpacked bundle', () => {
  test.each([
    ['plain', { data: { 'a.yaml': yaml } }],
    ['packed as OLM does', { ...gzip, binaryData: { 'a.yaml': packed(yaml) } }],
    ['packed once', { ...gzip, binaryData: { 'a.yaml': gzipSync(yaml).toString('base64') } }],
  ])('is read when it is %s', (_, configMap) => {
    const { objects, problems } = readUnpackedBundle(configMap);
    expect(objects.map(nameOf)).toEqual(['a']);
    expect(problems).toEqual([]);
  });

  test.each([
    ['is empty', {}, 'it is empty'],
    [
      'has an encoding of its own',
      { metadata: { annotations: { 'olm.contentEncoding': 'tar+gzip' } } },
      'tar+gzip',
    ],
    ['is damaged', { ...gzip, binaryData: { 'a.yaml': `H4sI${'A'.repeat(40)}` } }, ''],
    ['is a bomb', { ...gzip, binaryData: { 'a.yaml': packed('a'.repeat(20 << 20)) } }, ''],
    ['is not a ConfigMap', 7, 'it is empty'],
  ])('says that it %s', (_, configMap, problem) => {
    const bundle = readUnpackedBundle(configMap);
    expect(bundle.objects).toEqual([]);
    expect(bundle.problems[0]?.problem).toContain(problem);
  });

  test('of many bombs is read only so far', () => {
    const bomb = packed(JSON.stringify({ a: 'x'.repeat(2_900_000) }));
    const binaryData = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`${index}.yaml`, bomb]));
    const { objects, problems } = readUnpackedBundle({ ...gzip, binaryData });
    expect(objects).toEqual([]);
    expect(problems.at(-1)?.problem).toContain('larger than');
    expect(problems.length).toBeLessThan(10);
  });

  test('with an alias bomb is refused, not expanded', () => {
    const levels = Array.from(
      { length: 12 },
      (_, level) => `a${level + 1}: &a${level + 1} [${`*a${level},`.repeat(9)}]`,
    );
    const { problem } = parseManifests(`kind: X\na0: &a0 [x]\n${levels.join('\n')}\n`);
    expect(problem).toBeDefined();
  });

  realTest('of a real bundle is read whole', () => {
    // One of every eight keeps the run short.
    for (const image of bundleImages.filter((_, index) => index % 8 === 0)) {
      const files = bundleManifests(image);
      const { objects, problems } = readUnpackedBundle({ data: files });
      expect(problems, image).toEqual([]);
      expect(
        objects.map(({ kind }) => kind),
        image,
      ).toContain('ClusterServiceVersion');
    }
  });
});
