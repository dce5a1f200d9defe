import type { OperatorRow } from '../contract';

type Searchable = Pick<OperatorRow, 'displayName' | 'name' | 'keywords' | 'provider' | 'description'>;

interface Entry {
  displayName: string;
  name: string;
  provider: string;
  description: string;
  keywords: string[];
  words: string[];
}

const MAX_QUERY = 200;
// Shorter words have too many neighbours: one changed letter of "ip" is any word of two.
const SHORTEST_TYPO = 4;

// A list is searched at every key stroke: its normal form is made once and goes away with it.
const entries = new WeakMap<object, Entry>();

/**
 * The rows that match, best first: display name before package name, keywords, provider and description;
 * whole before prefix before middle. Every word of the text must match somewhere. A word of four letters
 * or more also matches with one letter wrong, missing, added or swapped, but ranks lowest.
 * Rows of equal rank keep their order; an empty text gives the rows as they came.
 */
export function searchOperators<Row extends Searchable>(rows: readonly Row[], text: string): Row[] {
  const query = normal(text.slice(0, MAX_QUERY)).trim();
  if (query === '') return [...rows];
  const tokens = query.split(/\s+/);
  const ranked: { row: Row; score: number }[] = [];
  for (const row of rows) {
    const score = rank(entryOf(row), query, tokens);
    if (score > 0) ranked.push({ row, score });
  }
  return ranked.sort((left, right) => right.score - left.score).map(({ row }) => row);
}

function rank(entry: Entry, query: string, tokens: string[]): number {
  let score = 0;
  if (entry.displayName === query || entry.name === query) score += 1000;
  else if (entry.displayName.startsWith(query)) score += 500;
  else if (entry.displayName.includes(query)) score += 250;
  else if (entry.name.startsWith(query)) score += 200;
  for (const token of tokens) {
    const points = rankToken(entry, token);
    if (points === 0) return 0;
    score += points;
  }
  return score;
}

function rankToken(entry: Entry, token: string): number {
  if (entry.displayName.includes(token)) return startsWord(entry.displayName, token) ? 100 : 60;
  if (entry.name.includes(token)) return startsWord(entry.name, token) ? 80 : 50;
  if (entry.keywords.includes(token)) return 70;
  if (entry.keywords.some((keyword) => keyword.includes(token))) return 40;
  if (entry.provider.includes(token)) return 30;
  if (entry.description.includes(token)) return 20;
  if (token.length < SHORTEST_TYPO) return 0;
  return entry.words.some((word) => isOneTypoAway(token, word)) ? 10 : 0;
}

function startsWord(haystack: string, token: string): boolean {
  const at = haystack.indexOf(token);
  return at === 0 || /[\s\-_./(]/.test(haystack.charAt(at - 1)) || haystack.includes(` ${token}`);
}

/**
 * Whether a word, or its beginning, becomes the token by one change: a letter replaced, left out, added,
 * or two neighbours swapped. Beginnings count because the reader may still be typing.
 */
export function isOneTypoAway(token: string, word: string): boolean {
  let at = 0;
  while (at < token.length && at < word.length && token[at] === word[at]) at++;
  if (at >= token.length - 1) return word.length >= token.length - 1;
  const rest = token.slice(at + 1);
  const replaced = word.startsWith(rest, at + 1);
  const leftOut = word.startsWith(token.slice(at), at + 1);
  const added = word.startsWith(rest, at);
  const swapped =
    token[at] === word[at + 1] && token[at + 1] === word[at] && word.startsWith(token.slice(at + 2), at + 2);
  return replaced || leftOut || added || swapped;
}

function entryOf(row: Searchable): Entry {
  let entry = entries.get(row);
  if (!entry) {
    const displayName = normal(row.displayName);
    const name = normal(row.name);
    const provider = normal(row.provider);
    const keywords = row.keywords.map(normal);
    const words = [displayName, name, provider, ...keywords].flatMap((value) => value.split(/[\s\-_./,()]+/));
    entry = {
      displayName,
      name,
      provider,
      keywords,
      description: normal(row.description),
      words: [...new Set(words)].filter((word) => word.length >= SHORTEST_TYPO - 1),
    };
    entries.set(row, entry);
  }
  return entry;
}

/** Lower case without accents; letters of other scripts stay. */
function normal(value: string): string {
  return value
    .normalize('NFKD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();
}
