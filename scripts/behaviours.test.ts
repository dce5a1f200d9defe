import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));
const folder = `${root}docs/behaviours/`;
const pages = readdirSync(folder).map((name) => ({ name, text: readFileSync(folder + name, 'utf8') }));
const rows = pages.flatMap(({ text }) => [...text.matchAll(/^\| (\d+)(?: [a-z+])? +\|(.*)$/gm)]);

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** `file` followed by “sentences” of it; what follows the next file belongs to that. */
function referencesIn(text: string): { file: string; sentences: string[] }[] {
  return [...text.matchAll(/`((?:e2e|lib|components)\/[^`]+\.tsx?)`((?:(?:, | )“[^”]+”)*)/g)].map(
    ([, file = '', quoted = '']) => ({
      file,
      sentences: [...quoted.matchAll(/“([^”]+)”/g)].map(([, sentence = '']) => sentence),
    }),
  );
}

describe('the list of behaviours', () => {
  test('has a line for every number of its sections', () => {
    const told = new Set(rows.map(([, number]) => Number(number)));
    const wanted = [...numbers(1, 79), ...numbers(85, 90)];
    expect(wanted.filter((number) => !told.has(number))).toEqual([]);
  });

  test('names in every line a test, or says why there is none', () => {
    const bare = rows
      .map(([line]) => line)
      .filter((line) => referencesIn(line).length === 0 && !/Does not apply: |Not offered; /.test(line));
    expect(bare).toEqual([]);
  });

  test.each(pages)('$name names files that exist, and sentences that stand in them', ({ text }) => {
    for (const { file, sentences } of referencesIn(text)) {
      expect(existsSync(root + file), file).toBe(true);
      const source = readFileSync(root + file, 'utf8');
      for (const sentence of sentences) expect(source, `${file} “${sentence}”`).toContain(sentence);
    }
  });
});
