import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readImage, readPackages, readYaml } from './content-files.ts';

const subscription = z.strictObject({
  package: z.string(),
  catalog: z.enum(['platform', 'custom']),
  channel: z.string(),
  namespace: z.string(),
  approval: z.enum(['Manual', 'Automatic']),
  targetNamespaces: z.string().optional(),
  startingCSV: z.string().optional(),
  unpackTimeout: z.string().optional(),
  approve: z.number().int().min(0).optional(),
});
type Subscription = z.infer<typeof subscription>;
const stateSchema = z.strictObject({
  global: z.array(subscription),
  business: z.array(subscription),
  edge: z.array(subscription),
});
const read = (name: string) => stateSchema.parse(readYaml(`states/${name}.yaml`)[0]);

const packages = readPackages();
const lived = read('lived-in');
const all = Object.entries(lived).flatMap(([cluster, entries]) =>
  entries.map((entry) => [`${entry.package} on ${cluster}`, entry] as const),
);

function resolve({ catalog, package: name, channel, startingCSV }: Subscription) {
  const found = packages.find((each) => each.catalog === catalog && each.folder === name);
  const entries = found?.channels.find((each) => each.name === channel)?.entries ?? [];
  const replaced = new Set(entries.flatMap(({ replaces, skips }) => [replaces, ...skips]));
  const head = entries.find((entry) => !replaced.has(entry.name))?.name;
  const first = entries.find((entry) => entry.name === (startingCSV ?? head))?.name;
  const bundle = found?.bundles.find((each) => each.name === first);
  return { head, first, csv: bundle && readImage(bundle.image)?.csv };
}

const isAlauda = (entry: Subscription) =>
  resolve(entry).csv?.metadata.annotations['provider-type'] === 'platform';
const waitsForUpgrade = (entry: Subscription) =>
  entry.approve === 1 && resolve(entry).first !== resolve(entry).head;

describe('the lived-in state', () => {
  test.each(all)('%s can be installed in that way', (_, entry) => {
    const { first, csv } = resolve(entry);
    expect(first).toBeDefined();
    const targets = (entry.targetNamespaces ?? '').split(',').filter(Boolean);
    const mode =
      targets.length === 0
        ? 'AllNamespaces'
        : targets.length > 1
          ? 'MultiNamespace'
          : targets[0] === entry.namespace
            ? 'OwnNamespace'
            : 'SingleNamespace';
    expect(csv?.spec.installModes).toContainEqual({ type: mode, supported: true });
    if (isAlauda(entry)) expect(entry.approval).toBe('Manual');
    if (entry.approval === 'Automatic') expect(entry).not.toHaveProperty('startingCSV');
    else expect(entry).toHaveProperty('startingCSV');
  });

  test('has at least seven Alauda operators with an upgrade waiting on business', () => {
    expect(
      lived.business.filter((entry) => isAlauda(entry) && waitsForUpgrade(entry)).length,
    ).toBeGreaterThanOrEqual(7);
  });

  test('has some that are up to date, one that waits for its first approval, and two that share a namespace', () => {
    const upToDate = lived.business.filter(({ startingCSV, ...entry }) => {
      const { first, head } = resolve({ ...entry, startingCSV });
      return first === head && entry.approve !== 0;
    });
    expect(upToDate.length).toBeGreaterThanOrEqual(4);
    expect(lived.business.filter((entry) => entry.approve === 0).map((entry) => entry.package)).toEqual([
      'sonarqube-ce-operator',
    ]);
    const namespaces = lived.business.map((entry) => entry.namespace);
    expect(namespaces.filter((name, index) => namespaces.indexOf(name) !== index)).toEqual([
      'rabbitmq-system',
    ]);
  });
});

test('the fresh state has nothing installed', () => {
  expect(read('fresh')).toEqual({ global: [], business: [], edge: [] });
});
