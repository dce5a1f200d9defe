import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Bundle, type CatalogPackage, readPackages, valuesOf } from './content-files.ts';

const packages = readPackages();
const bundles = packages.flatMap((each) => each.bundles);

const named = (name: string) => packages.filter((each) => each.definition.name === name);
const annotationsOf = (bundle: Bundle) =>
  z.record(z.string(), z.string()).parse(valuesOf(bundle, 'olm.csv.metadata')[0]?.annotations);
const providerType = (each: CatalogPackage) =>
  new Set(each.bundles.map((bundle) => annotationsOf(bundle)['provider-type']));

describe('catalogs', () => {
  test.each(packages.map((each) => [`${each.catalog}/${each.folder}`, each] as const))(
    '%s is sound',
    (_, { folder, definition, channels, bundles: own, deprecations }) => {
      expect(definition.name).toBe(folder);
      expect(channels.map((channel) => channel.name)).toContain(definition.defaultChannel);
      expect(own.length).toBeGreaterThan(0);
      const names = own.map((bundle) => bundle.name);
      expect(new Set(names).size).toBe(names.length);
      for (const blob of [...channels, ...own, ...deprecations]) expect(blob.package).toBe(folder);
      const entries = channels.flatMap((channel) => channel.entries.map((entry) => entry.name));
      expect(new Set(entries)).toEqual(new Set(names));
      for (const { reference } of deprecations.flatMap((blob) => blob.entries)) {
        if (reference.schema === 'olm.bundle') expect(names).toContain(reference.name);
        else if (reference.schema === 'olm.channel')
          expect(channels.map(({ name }) => name)).toContain(reference.name);
        else expect(reference).toEqual({ schema: 'olm.package' });
      }
    },
  );

  test.each(
    packages.flatMap((each) =>
      each.channels.map((channel) => [`${each.folder} ${channel.name}`, channel] as const),
    ),
  )('channel %s leads from its oldest entry to one head', (_, { entries }) => {
    const byName = new Map(entries.map((entry) => [entry.name, entry]));
    const replaced = new Set(entries.flatMap(({ replaces, skips }) => [replaces, ...skips]));
    const heads = entries.filter((entry) => !replaced.has(entry.name));
    expect(heads).toHaveLength(1);
    const seen = new Set<string>();
    for (let entry = heads[0]; entry; entry = byName.get(entry.replaces ?? '')) {
      expect(seen).not.toContain(entry.name);
      for (const name of [entry.name, ...entry.skips]) seen.add(name);
    }
    expect(seen).toEqual(new Set(byName.keys()));
  });

  test('every icon is an SVG of its own without anything that acts or loads', () => {
    const icons = packages.map(({ definition }) =>
      Buffer.from(definition.icon.base64data, 'base64').toString(),
    );
    expect(new Set(icons).size).toBe(packages.length);
    for (const icon of icons) {
      expect(icon).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" [^>]*viewBox="0 0 64 64">/);
      expect(icon).not.toMatch(/script|foreignObject|href|url\(|style|\son\w+=|<!|&/i);
      expect(unclosedTags(icon)).toEqual([]);
    }
  });

  test('all five sources occur, and what the platform keeps to itself is in the system catalog', () => {
    const count = (type: string) =>
      packages.filter((each) => each.catalog !== 'system' && providerType(each).has(type)).length;
    expect(packages.every((each) => providerType(each).size === 1)).toBe(true);
    expect(count('platform')).toBeGreaterThanOrEqual(10);
    expect(count('curated')).toBeGreaterThanOrEqual(4);
    expect(count('community')).toBeGreaterThanOrEqual(6);
    expect(count('certified')).toBeGreaterThanOrEqual(3);
    expect(count('custom')).toBeGreaterThanOrEqual(3);
    expect(packages.filter((each) => each.catalog === 'system')).toHaveLength(2);
    for (const bundle of bundles) {
      const { provider = '', 'provider-type': type } = annotationsOf(bundle);
      expect(JSON.parse(provider).en === 'Alauda').toBe(type === 'platform');
    }
  });

  test('harbor-ce-operator and clickhouse-operator are as the product document prints them', () => {
    const lines = (name: string) =>
      named(name).flatMap((each) =>
        each.channels.flatMap((channel) =>
          channel.entries.map((entry) => `${each.catalog} ${channel.name} ${entry.name}`),
        ),
      );
    expect(lines('harbor-ce-operator').sort()).toEqual([
      'platform harbor-2 harbor-ce-operator.v2.12.10',
      'platform harbor-2 harbor-ce-operator.v2.12.11',
      'platform stable harbor-ce-operator.v2.12.10',
      'platform stable harbor-ce-operator.v2.12.11',
    ]);
    expect(lines('clickhouse-operator')).toEqual(['platform stable clickhouse-operator.v0.18.2']);
    const harbor = named('harbor-ce-operator')[0];
    expect(harbor?.definition.defaultChannel).toBe('stable');
    expect(harbor?.bundles.map((bundle) => valuesOf(bundle, 'olm.csv.metadata')[0]?.displayName)).toEqual([
      'Alauda Build of Harbor',
      'Alauda Build of Harbor',
    ]);
  });

  test('install modes differ as much as those of real operators', () => {
    const modesOf = (bundle: Bundle) =>
      z
        .array(z.object({ type: z.string(), supported: z.boolean() }))
        .parse(valuesOf(bundle, 'olm.csv.metadata')[0]?.installModes)
        .filter((mode) => mode.supported)
        .map((mode) => mode.type)
        .join(' ');
    const modes = new Set(bundles.map(modesOf));
    expect(modes).toContain('AllNamespaces');
    expect(modes).toContain('OwnNamespace');
    expect(modes).toContain('OwnNamespace SingleNamespace');
    expect(modes).toContain('OwnNamespace SingleNamespace MultiNamespace');
    expect(modes).toContain('OwnNamespace SingleNamespace MultiNamespace AllNamespaces');
  });

  test('a package, a channel and a version are deprecated', () => {
    const deprecated = packages.flatMap((each) => each.deprecations.flatMap((blob) => blob.entries));
    expect(new Set(deprecated.map(({ reference }) => reference.schema))).toEqual(
      new Set(['olm.package', 'olm.channel', 'olm.bundle']),
    );
  });

  test('dependencies can be found in the catalogs, except the one of the GPU operator', () => {
    const provided = new Set(
      bundles.flatMap((bundle) => valuesOf(bundle, 'olm.gvk').map((gvk) => JSON.stringify(gvk))),
    );
    const lost = bundles.filter((bundle) =>
      [
        ...valuesOf(bundle, 'olm.gvk.required').map((gvk) => provided.has(JSON.stringify(gvk))),
        ...valuesOf(bundle, 'olm.package.required').map(
          ({ packageName }) => named(String(packageName)).length > 0,
        ),
      ].includes(false),
    );
    expect(new Set(lost.map((bundle) => bundle.package))).toEqual(new Set(['gpu-operator-certified']));
  });

  test('one description tries to run what it contains', () => {
    const [widget] = named('sample-widget');
    expect(widget?.definition.description).toMatch(/<script>[\s\S]*onerror=[\s\S]*javascript:[\s\S]*<iframe/);
  });

  test('one package stands in two catalogs', () => {
    const names = packages.map((each) => each.folder);
    const twice = names.filter((name, index) => names.indexOf(name) !== index);
    expect(twice).toEqual(['keycloak-operator']);
  });
});

/** Names of the tags of an XML text that are closed wrongly or not at all. */
function unclosedTags(xml: string): string[] {
  const open: string[] = [];
  for (const [, end, name = '', self] of xml.matchAll(/<(\/?)([\w-]+)(?:\s+[\w:-]+="[^"<]*")*\s*(\/?)>/g)) {
    if (end && open.pop() !== name) return [name];
    if (!end && !self) open.push(name);
  }
  const leftover = xml.replaceAll(/<\/?[\w-]+(?:\s+[\w:-]+="[^"<]*")*\s*\/?>/g, '');
  return /[<>]/.test(leftover) ? [leftover] : open;
}
