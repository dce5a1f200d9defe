import { describe, expect, test } from 'vitest';
import type { OperatorRow } from '@/lib/operators/contract';
import { countFacets, filterRows, sortRows, type Ticked } from './facets';

function row(name: string, rest: Partial<OperatorRow> = {}): OperatorRow {
  return {
    catalogNamespace: 'cpaas-system',
    catalog: 'platform',
    catalogDisplayName: 'Platform',
    name,
    displayName: name,
    provider: 'Someone',
    source: 'Community',
    status: 'Ready',
    version: '1.0.0',
    channel: 'stable',
    description: '',
    categories: [],
    keywords: [],
    deprecations: [],
    ...rest,
  };
}

const nothing: Ticked = { source: [], status: [], category: [], provider: [], capability: [], catalog: [] };
const rows = [
  row('harbor', { source: 'Alauda', status: 'Installed', categories: ['Storage'] }),
  row('kiali', { source: 'Alauda', categories: ['Monitoring', 'Networking'] }),
  row('redis', { status: 'Failed', categories: ['Database'] }),
];
const names = (found: readonly OperatorRow[]) => found.map(({ name }) => name);

describe('facets', () => {
  test('nothing ticked lets everything through', () => {
    expect(filterRows(rows, nothing)).toHaveLength(3);
  });
  test('values of one facet widen, facets narrow one another', () => {
    expect(names(filterRows(rows, { ...nothing, category: ['Storage', 'Database'] }))).toEqual([
      'harbor',
      'redis',
    ]);
    expect(names(filterRows(rows, { ...nothing, source: ['Alauda'], status: ['Installed'] }))).toEqual([
      'harbor',
    ]);
  });
  test('counts say what ticking would leave: the own facet does not narrow them', () => {
    const counts = countFacets(rows, rows, { ...nothing, source: ['Alauda'] });
    expect(counts.source).toEqual([
      { value: 'Alauda', count: 2 },
      { value: 'Community', count: 1 },
    ]);
    expect(counts.status).toContainEqual({ value: 'Failed', count: 0 });
  });
  test('a ticked value that no row has any more stays, so that it can be unticked', () => {
    expect(countFacets(rows, rows, { ...nothing, status: ['Upgrading'] }).status).toContainEqual({
      value: 'Upgrading',
      count: 0,
    });
  });
});

describe('order', () => {
  test('without a search what needs the reader comes first', () => {
    expect(names(sortRows(rows, 'relevance', false))).toEqual(['redis', 'harbor', 'kiali']);
  });
  test('a search keeps its own order', () => {
    expect(names(sortRows(rows, 'relevance', true))).toEqual(['harbor', 'kiali', 'redis']);
  });
});
