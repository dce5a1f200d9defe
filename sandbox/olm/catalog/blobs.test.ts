import { expect, test } from 'vitest';
import { readBlobs } from './blobs.ts';

test('concatenated JSON documents are read with the lines on which they begin', () => {
  const text =
    '{"schema":"olm.package","name":"a"}\n\n{\n "schema": "olm.channel",\n "entries": [{"name":"x}{"}]\n}';
  const { blobs, problems } = readBlobs('catalog.json', text);
  expect(problems).toEqual([]);
  expect(blobs.map(({ schema, line }) => [schema, line])).toEqual([
    ['olm.package', 1],
    ['olm.channel', 3],
  ]);
});

test('YAML documents are read with the lines on which they begin', () => {
  const text = '---\nschema: olm.package\nname: a\n---\n\nschema: olm.channel\npackage: a\n';
  const { blobs, problems } = readBlobs('catalog.yaml', text);
  expect(problems).toEqual([]);
  expect(blobs.map(({ schema, line }) => [schema, line])).toEqual([
    ['olm.package', 2],
    ['olm.channel', 6],
  ]);
});

test.each([
  ['a JSON file cut short', '{"schema":"olm.package"}\n{"schema":\n', 2, /is not JSON/],
  ['a comma too many', '{"schema":"olm.package",\n "name":"a",\n}', 3, /is not JSON/],
  [
    'something between the documents',
    '{"schema":"olm.package"}\nhello',
    2,
    /expected an object, found "hello"/,
  ],
  ['broken YAML', 'schema: olm.package\nname: [a\n', 2, /is not YAML/],
  ['a document without schema', '{"name":"a"}', 1, /has no "schema"/],
  ['a list', '[1]', 1, /is not an object/],
  ['deep nesting', `{"schema":"x","a":${'['.repeat(500)}${']'.repeat(500)}}`, 1, /nested deeper/],
])('%s is reported with its line', (_what, text, line, message) => {
  const { problems } = readBlobs('catalog', text);
  expect(problems).toHaveLength(1);
  expect(problems[0]?.line).toBeGreaterThanOrEqual(line);
  expect(problems[0]?.line).toBeLessThanOrEqual(line + 1);
  expect(problems[0]?.message).toMatch(message);
});

test('what stands before a broken document is kept', () => {
  const { blobs, problems } = readBlobs('catalog.json', '{"schema":"olm.package","name":"a"}\n{"schema"');
  expect(blobs).toHaveLength(1);
  expect(problems).toHaveLength(1);
});

test('a __proto__ key in a catalog changes no prototype', () => {
  readBlobs('catalog.json', '{"schema":"olm.package","__proto__":{"polluted":true}}');
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});
