import { describe, expect, test } from 'vitest';
import { isOneTypoAway, searchOperators } from './search';

function row(
  displayName: string,
  changes: Partial<{ name: string; provider: string; keywords: string[]; description: string }> = {},
) {
  return {
    displayName,
    name: displayName.toLowerCase().replaceAll(' ', '-'),
    provider: '',
    keywords: [],
    description: '',
    ...changes,
  };
}

const rows = [
  row('Redis'),
  row('Alauda Build of Harbor', { name: 'harbor-ce-operator', keywords: ['registry'], provider: 'Alauda' }),
  row('Portworx', { description: 'Storage that works with Harbor' }),
  row('Harbor Scanner'),
  row('PostgreSQL', { keywords: ['database', 'sql'], provider: 'Crunchy Data' }),
  row('Élan', { description: 'Ускоряет кластер' }),
];
const found = (text: string) => searchOperators(rows, text).map(({ displayName }) => displayName);

describe('the search of operators', () => {
  test.each<[string, string[]]>([
    ['', rows.map(({ displayName }) => displayName)],
    ['  ', rows.map(({ displayName }) => displayName)],
    ['harbor', ['Harbor Scanner', 'Alauda Build of Harbor', 'Portworx']],
    ['HARBOR-CE', ['Alauda Build of Harbor']],
    ['registry', ['Alauda Build of Harbor']],
    ['crunchy', ['PostgreSQL']],
    ['harbor alauda', ['Alauda Build of Harbor']],
    ['habror', ['Harbor Scanner', 'Alauda Build of Harbor']],
    ['harbr', ['Harbor Scanner', 'Alauda Build of Harbor']],
    ['postgesql', ['PostgreSQL']],
    ['elan', ['Élan']],
    ['кластер', ['Élan']],
    ['zzz', []],
    ['a.*(', []],
  ])('for "%s" gives %j', (text, expected) => {
    expect(found(text).sort()).toEqual([...expected].sort());
    if (text === 'harbor') expect(found(text)).toEqual(expected);
  });

  test('puts the exact display name first', () => {
    const list = [row('Kafka Bridge'), row('Strimzi', { keywords: ['kafka'] }), row('Kafka')];
    expect(searchOperators(list, 'kafka').map(({ displayName }) => displayName)).toEqual([
      'Kafka',
      'Kafka Bridge',
      'Strimzi',
    ]);
  });

  test.each([
    ['harbor', 'harbor', true],
    ['harbr', 'harbor', true],
    ['harbour', 'harbor', true],
    ['hxrbor', 'harbor', true],
    ['ahrbor', 'harbor', true],
    ['harb', 'harbor', true],
    ['hxxbor', 'harbor', false],
    ['redis', 'kafka', false],
  ])('"%s" is one typo away from "%s": %s', (token, word, expected) => {
    expect(isOneTypoAway(token, word)).toBe(expected);
  });

  test('answers at typing speed over 2,000 rows', () => {
    const many = Array.from({ length: 2000 }, (_, index) =>
      row(`Operator ${index} for ${index * 7919}`, {
        keywords: ['database', 'cache', `k${index}`],
        description: 'Runs things on clusters. '.repeat(8),
      }),
    );
    searchOperators(many, 'warm');
    const started = performance.now();
    for (const text of ['d', 'da', 'databsae', 'operator 1999', 'nothing-like-it'])
      searchOperators(many, text);
    expect((performance.now() - started) / 5).toBeLessThan(50);
  });
});
