import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { realTest, recording } from '@/lib/testing/recordings';
import { isHiddenCatalog, manualApprovalOnly, type Origin, providerNames, sourceOf } from './source';
import { field, list, record, text } from './untrusted';

const platform = { catalog: 'platform', catalogNamespace: 'cpaas-system', catalogDisplayName: 'Platform' };
const plain = { catalog: 'hub', catalogNamespace: 'olm', catalogDisplayName: 'Community Operators' };

describe('the source of an operator', () => {
  const cases: [string, Origin, string][] = [
    ['provider type platform is Alauda', { ...platform, providerType: 'platform' }, 'Alauda'],
    ['provider type curated is Curated', { ...platform, providerType: 'curated' }, 'Curated'],
    ['provider type certified is Marketplace', { ...platform, providerType: 'certified' }, 'Marketplace'],
    ['provider type community is Community', { ...platform, providerType: 'Community ' }, 'Community'],
    ['provider type custom is Custom', { ...platform, providerType: 'custom' }, 'Custom'],
    [
      'the catalog custom is Custom, whatever it claims',
      { ...platform, catalog: 'custom', providerType: 'platform' },
      'Custom',
    ],
    [
      'a provider of Alauda in JSON is Alauda',
      { ...platform, providerAnnotation: '{"zh":"平台","en":"Alauda"}' },
      'Alauda',
    ],
    ['a plain provider "platform" is Alauda', { ...platform, providerAnnotation: 'platform' }, 'Alauda'],
    [
      "a provider that isn't JSON after all is no Alauda",
      { ...platform, providerAnnotation: '{"en":"Ala' },
      'Community',
    ],
    ['an operator without any word in a catalog of the platform is Community', platform, 'Community'],
    ['on plain OLM the catalog is named', plain, 'Community Operators'],
    [
      'a plain catalog without a display name is named by its name',
      { ...plain, catalogDisplayName: '' },
      'hub',
    ],
    ['a catalog called custom elsewhere is named', { ...plain, catalog: 'custom' }, 'Community Operators'],
  ];
  test.each(cases)('%s', (_, origin, expected) => {
    expect(sourceOf(origin)).toBe(expected);
  });

  test('follows another table when one is given', () => {
    expect(sourceOf(plain, [{ catalogs: ['hub'], source: 'Curated' }])).toBe('Curated');
  });

  test('decides alone about Manual approval', () => {
    expect(manualApprovalOnly('Alauda')).toBe(true);
    expect(manualApprovalOnly('Community')).toBe(false);
  });

  test('hides the catalog system of the platform, and only that', () => {
    expect(isHiddenCatalog('system', 'cpaas-system')).toBe(true);
    expect(isHiddenCatalog('system', 'olm')).toBe(false);
    expect(isHiddenCatalog('platform', 'cpaas-system')).toBe(false);
  });

  test('reads providers in every language, and drops what is no text', () => {
    expect(providerNames('{"en":"Alauda","zh":"平台","ru":7}')).toEqual(['Alauda', '平台']);
    expect(providerNames('null')).toEqual(['null']);
    expect(providerNames(undefined)).toEqual([]);
  });
});

describe('the source of real operators', () => {
  for (const name of ['kiali', 'redis-operator']) {
    realTest(`is Alauda for the platform's own ${name}`, () => {
      const file = recording(`acp/olm/${name}.clusterserviceversion.yaml`);
      const annotations = record(field(field(parse(file), 'metadata'), 'annotations'));
      const origin = {
        ...platform,
        providerType: text(annotations['provider-type']),
        providerAnnotation: text(annotations.provider),
      };
      expect(sourceOf(origin)).toBe('Alauda');
      expect(sourceOf({ ...origin, providerType: undefined })).toBe('Alauda');
    });
  }

  realTest('is the display name of the catalog for community operators on plain OLM', () => {
    const { items } = JSON.parse(recording('real/packagemanifests.json'));
    const sources = list(items, (item) => {
      const status = record(field(item, 'status'));
      return sourceOf({
        catalog: text(status.catalogSource),
        catalogNamespace: text(status.catalogSourceNamespace),
        catalogDisplayName: text(status.catalogSourceDisplayName),
      });
    });
    expect(sources.length).toBeGreaterThan(10);
    expect(new Set(sources)).toEqual(new Set(['Community Operators']));
  });

  // What users push to the platform: no bundle of these says more of its origin than the name of its provider.
  for (const name of ['kiali', 'strimzi-kafka-operator', 'argocd-operator', 'cert-manager', 'jaeger']) {
    realTest(`is the one of the place for the community's ${name}, and never Alauda`, () => {
      const bundles = jsonDocuments(recording(`catalogs/community-v2/${name}/catalog.json`)).filter(
        (blob) => field(blob, 'schema') === 'olm.bundle',
      );
      const metadata = bundles.flatMap((bundle) =>
        list(field(bundle, 'properties'), (property) =>
          field(property, 'type') === 'olm.csv.metadata' ? record(field(property, 'value')) : undefined,
        ),
      );
      expect(metadata.length).toBeGreaterThan(0);
      for (const csv of metadata) {
        const annotations = record(csv.annotations);
        const told = {
          providerType: text(annotations['provider-type']),
          providerAnnotation: text(annotations.provider),
        };
        expect(sourceOf({ ...platform, ...told })).toBe('Community');
        expect(sourceOf({ ...platform, ...told, catalog: 'custom' })).toBe('Custom');
        expect(sourceOf({ ...plain, ...told })).toBe('Community Operators');
        expect(sourceOf({ ...plain, ...told }, [{ catalogs: ['hub'], source: 'Curated' }])).toBe('Curated');
      }
    });
  }
});

/** A rendered catalog has one document per line. */
function jsonDocuments(rendered: string): unknown[] {
  const lines = rendered.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => JSON.parse(line));
}
