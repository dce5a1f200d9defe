import { expect, test } from 'vitest';
import type { Blob } from './blobs.ts';
import { buildCatalog } from './model.ts';

const blob = (value: Record<string, unknown>, line = 1): Blob => ({
  schema: String(value.schema),
  value,
  file: 'catalog.json',
  line,
});
const bundle = (name: string, version = '1.0.0') =>
  blob({
    schema: 'olm.bundle',
    package: 'a',
    name,
    image: `example.com/${name}`,
    properties: [{ type: 'olm.package', value: { packageName: 'a', version } }],
  });
const pkg = blob({ schema: 'olm.package', name: 'a', defaultChannel: 'stable' });
const channel = (entries: unknown[], line = 7) =>
  blob({ schema: 'olm.channel', package: 'a', name: 'stable', entries }, line);

test('a channel knows its head: the entry that nothing replaces or skips', () => {
  const entries = [
    { name: 'v1' },
    { name: 'v2', replaces: 'v1' },
    { name: 'v3', replaces: 'v1', skips: ['v2'] },
  ];
  const { packages, problems } = buildCatalog([
    pkg,
    channel(entries),
    bundle('v1'),
    bundle('v2'),
    bundle('v3'),
  ]);
  expect(problems).toEqual([]);
  expect(packages.get('a')?.channels.get('stable')?.head).toBe('v3');
});

test('a channel entry without a bundle is reported with its line, the rest of the channel is served', () => {
  const { packages, problems } = buildCatalog([
    pkg,
    channel([{ name: 'v1' }, { name: 'gone' }]),
    bundle('v1'),
  ]);
  expect(problems).toEqual([
    {
      file: 'catalog.json',
      line: 7,
      message: 'channel "stable" of package "a" names a missing bundle "gone"',
    },
  ]);
  expect([...(packages.get('a')?.channels.get('stable')?.entries.keys() ?? [])]).toEqual(['v1']);
});

test('an unknown default channel is reported, the package is served by the channel that it has', () => {
  const wrong = blob({ schema: 'olm.package', name: 'a', defaultChannel: 'fast' });
  const { packages, problems } = buildCatalog([wrong, channel([{ name: 'v1' }]), bundle('v1')]);
  expect(problems.map(({ message }) => message)).toEqual([
    'package "a" names an unknown default channel "fast"',
  ]);
  expect(packages.get('a')?.defaultChannel).toBe('stable');
});

test.each([
  [
    'two heads',
    [pkg, channel([{ name: 'v1' }, { name: 'v2' }]), bundle('v1'), bundle('v2')],
    'has several heads',
  ],
  ['a circle', [pkg, channel([{ name: 'v1', replaces: 'v1' }]), bundle('v1')], 'has no head'],
  ['a bundle twice', [pkg, channel([{ name: 'v1' }]), bundle('v1'), bundle('v1')], 'is described twice'],
  [
    'a bundle without version',
    [pkg, channel([{ name: 'v1' }]), bundle('v1', '')],
    'has no olm.package property',
  ],
  [
    'a stranger',
    [blob({ schema: 'olm.channel', package: 'b', name: 'x' })],
    'belongs to an unknown package "b"',
  ],
  ['no channel', [pkg, bundle('v1')], 'has no valid channel and is not served'],
])('%s is reported', (_what, blobs, message) => {
  expect(
    buildCatalog(blobs)
      .problems.map((problem) => problem.message)
      .join('\n'),
  ).toContain(message);
});

test('deprecations are kept by what they are about', () => {
  const deprecations = blob({
    schema: 'olm.deprecations',
    package: 'a',
    entries: [
      { reference: { schema: 'olm.package' }, message: 'p' },
      { reference: { schema: 'olm.channel', name: 'stable' }, message: 'c' },
      { reference: { schema: 'olm.bundle', name: 'v1' }, message: 'b' },
    ],
  });
  const { packages } = buildCatalog([pkg, channel([{ name: 'v1' }]), bundle('v1'), deprecations]);
  const known = packages.get('a')?.deprecations;
  expect([known?.package, known?.channels.get('stable'), known?.bundles.get('v1')]).toEqual(['p', 'c', 'b']);
});
