import { expect, test } from 'vitest';
import { fitHeadings } from './outline';

function fitted(levels: number[], under: number): string[] {
  const headings = levels.map((level) => ({ tagName: `h${level}` }));
  fitHeadings({ children: [{ tagName: 'div', children: headings }] }, under);
  return headings.map(({ tagName }) => tagName);
}

test.each<[string, number[], string[]]>([
  ['begins below the heading of the page', [1, 2, 2, 1], ['h3', 'h4', 'h4', 'h3']],
  ['begins there also where the text begins deep', [3, 4, 3], ['h3', 'h4', 'h3']],
  ['skips no level', [2, 5, 2], ['h3', 'h4', 'h3']],
  ['may rise above where it began', [3, 1, 2], ['h3', 'h3', 'h4']],
  ['ends at six', [1, 2, 3, 4, 5, 6], ['h3', 'h4', 'h5', 'h6', 'h6', 'h6']],
])('an outline %s', (_, levels, expected) => {
  expect(fitted(levels, 2)).toEqual(expected);
});
