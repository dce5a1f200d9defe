import { expect, test } from 'vitest';
import { z } from 'zod';
import { parseYaml } from './parse-yaml';

const schema = z.object({ name: z.string() });

test('a document of the right shape is read', () => {
  expect(parseYaml('name: a\nother: 1\n', schema, 'x.yaml')).toEqual({ name: 'a' });
});

test('what is no YAML, of another shape or nested without end is refused with the name of its file', () => {
  const refused = (sentence: string) => ({
    code: 'InvalidPackage',
    message: expect.stringContaining(sentence),
  });
  const read = (text: string) => {
    try {
      return parseYaml(text, schema, 'x.yaml');
    } catch (error) {
      return error;
    }
  };
  expect(read('name: [')).toMatchObject(refused('x.yaml is not sound YAML'));
  expect(read('name: 7')).toMatchObject(refused('x.yaml: name'));
  expect(read('name: '.concat('['.repeat(50_000)))).toMatchObject(refused('levels deep'));
});
