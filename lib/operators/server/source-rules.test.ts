import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sourceOf } from '../rules/source';
import { readSourceRules } from './source-rules';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'source-rules-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(text: string): Promise<string> {
  const path = join(folder, 'sources.yaml');
  await writeFile(path, text);
  return path;
}

const kiali = { catalog: 'hub', catalogNamespace: 'olm', catalogDisplayName: 'Hub', providerType: 'red-hat' };

test('a file of YAML replaces the table', async () => {
  const rules = readSourceRules(await file('rules:\n  - {providerTypes: [Red-Hat], source: Marketplace}\n'));
  expect(sourceOf(kiali, rules)).toBe('Marketplace');
  expect(sourceOf({ ...kiali, providerType: 'platform' }, rules)).toBe('Hub');
});

test('so does one of JSON', async () => {
  const rules = readSourceRules(await file('{"rules": [{"catalogs": ["hub"], "source": "Curated"}]}'));
  expect(sourceOf(kiali, rules)).toBe('Curated');
});

test.each([
  ['a source type that does not exist', 'rules: [{source: Vendor}]', /source/],
  ['a condition that does not exist', 'rules: [{catalogue: [hub], source: Custom}]', /catalogue/],
  ['an empty condition', 'rules: [{catalogs: [], source: Custom}]', /catalogs/],
  ['another document', '- a\n- b', /expected object/],
  ['no YAML', 'rules: [', /OPERATOR_SOURCES/],
])('%s is refused with the name of the file', async (_, text, what) => {
  const path = await file(text);
  expect(() => readSourceRules(path)).toThrow(what);
  expect(() => readSourceRules(path)).toThrow(path);
});

test('a file that is not there is refused with its name', () => {
  expect(() => readSourceRules(join(folder, 'none.yaml'))).toThrow(/none\.yaml/);
});
