import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ClusterServiceVersion, Subscription } from '../api.ts';
import { loadCatalog } from '../catalog/load.ts';
import { csvName, type SampleBundle, type SampleFolders, sampleCatalog } from '../testing/sample-catalog.ts';
import type { ResolverCatalog } from './candidates.ts';
import { resolve } from './resolve.ts';

const stable = (list: SampleBundle[]) => ({ stable: list });
let folders: SampleFolders;
let catalogs: ResolverCatalog[];

beforeAll(async () => {
  folders = await sampleCatalog([
    {
      name: 'chain',
      channels: {
        stable: [
          { version: '1.0.0' },
          { version: '1.1.0', replaces: '1.0.0' },
          { version: '1.2.0', replaces: '1.1.0' },
        ],
        old: [{ version: '1.0.0' }],
      },
    },
    {
      name: 'skipper',
      channels: stable([
        { version: '1.0.0' },
        { version: '1.1.0', replaces: '1.0.0' },
        { version: '1.2.0', replaces: '1.0.0', skips: ['1.1.0'] },
      ]),
    },
    { name: 'ranger', channels: stable([{ version: '2.0.0', skipRange: '>=1.0.0 <2.0.0' }]) },
    { name: 'twin', channels: stable([{ version: '1.0.0' }]) },
    {
      name: 'needs-package',
      channels: stable([
        { version: '1.0.0', requiresPackages: [{ packageName: 'chain', versionRange: '>=1.1.0 <1.2.0' }] },
      ]),
    },
    {
      name: 'before-chain',
      channels: stable([
        { version: '1.0.0', requiresPackages: [{ packageName: 'chain', versionRange: '>=1.1.0' }] },
      ]),
    },
    {
      name: 'needs-api',
      channels: stable([
        { version: '1.0.0', requiresApis: [{ group: 'twin.example.com', version: 'v1', kind: 'Twin' }] },
      ]),
    },
    {
      name: 'needs-nothing-there',
      channels: stable([
        { version: '1.0.0', requiresApis: [{ group: 'x.example.com', version: 'v1', kind: 'X' }] },
      ]),
    },
    {
      name: 'needs-absent',
      channels: stable([
        { version: '1.0.0', requiresPackages: [{ packageName: 'absent', versionRange: '>=1.0.0' }] },
      ]),
    },
  ]);
  catalogs = [{ name: 'cat', namespace: 'olm', priority: 0, content: await loadCatalog(folders.catalog) }];
});
afterAll(() => folders.remove());

function subscribe(
  name: string,
  more: Partial<Subscription['spec']> = {},
  installedCSV?: string,
): Subscription {
  return {
    apiVersion: 'operators.coreos.com/v1alpha1',
    kind: 'Subscription',
    metadata: { name, namespace: 'ns', uid: `uid-${name}` },
    spec: { name, channel: 'stable', source: 'cat', sourceNamespace: 'olm', ...more },
    ...(installedCSV ? { status: { installedCSV, currentCSV: installedCSV, lastUpdated: '' } } : {}),
  };
}

function installed(packageName: string, version: string): ClusterServiceVersion {
  const kind = `${packageName.charAt(0).toUpperCase()}${packageName.slice(1)}`;
  const properties = [{ type: 'olm.package', value: { packageName, version } }];
  return {
    apiVersion: 'operators.coreos.com/v1alpha1',
    kind: 'ClusterServiceVersion',
    metadata: {
      name: csvName(packageName, version),
      namespace: 'ns',
      annotations: { 'operatorframework.io/properties': JSON.stringify({ properties }) },
    },
    spec: {
      displayName: packageName,
      version,
      install: { strategy: 'deployment' },
      customresourcedefinitions: {
        owned: [{ name: `${kind.toLowerCase()}s.${packageName}.example.com`, version: 'v1', kind }],
      },
    },
    status: { phase: 'Succeeded' },
  };
}

const chosen = (subscriptions: Subscription[], csvs: ClusterServiceVersion[] = []) =>
  resolve(subscriptions, csvs, catalogs).map(({ candidate }) => candidate.csvName);

describe('what a namespace should run', () => {
  test.each([
    ['the channel says so for a new Subscription', subscribe('chain'), [], 'chain.v1.1.0'],
    [
      'it is installed, where skips lead on',
      subscribe('skipper', {}, 'skipper.v1.0.0'),
      [installed('skipper', '1.0.0')],
      'skipper.v1.0.0',
    ],
    [
      'it is installed, where a skipRange leads on',
      subscribe('ranger', {}, 'ranger.v1.4.0'),
      [installed('ranger', '1.4.0')],
      'ranger.v1.4.0',
    ],
  ])('replaces a CSV because %s', (_, subscription, csvs, replaced) => {
    const [first] = resolve([subscription], csvs, catalogs);
    expect(first?.candidate.bundle.replaces).toBe(replaced);
  });

  test.each([
    ['the head of the channel for a new Subscription', [subscribe('chain')], [], ['chain.v1.2.0']],
    [
      'the startingCSV where one is named',
      [subscribe('chain', { startingCSV: 'chain.v1.0.0' })],
      [],
      ['chain.v1.0.0'],
    ],
    ['the default channel where none is named', [subscribe('chain', { channel: '' })], [], ['chain.v1.2.0']],
    [
      'one step along replaces for what is installed',
      [subscribe('chain', {}, 'chain.v1.0.0')],
      [installed('chain', '1.0.0')],
      ['chain.v1.1.0'],
    ],
    [
      'nothing when the head is installed',
      [subscribe('chain', {}, 'chain.v1.2.0')],
      [installed('chain', '1.2.0')],
      [],
    ],
    [
      'the version that skips the next one',
      [subscribe('skipper', {}, 'skipper.v1.0.0')],
      [installed('skipper', '1.0.0')],
      ['skipper.v1.2.0'],
    ],
    [
      'the version that skips the installed one',
      [subscribe('skipper', {}, 'skipper.v1.1.0')],
      [installed('skipper', '1.1.0')],
      ['skipper.v1.2.0'],
    ],
    [
      'the version whose skipRange holds the installed one',
      [subscribe('ranger', {}, 'ranger.v1.4.0')],
      [installed('ranger', '1.4.0')],
      ['ranger.v2.0.0'],
    ],
    [
      'several Subscriptions in one solution',
      [subscribe('twin'), subscribe('chain')],
      [],
      ['chain.v1.2.0', 'twin.v1.0.0'],
    ],
    [
      'a package dependency in its range',
      [subscribe('needs-package')],
      [],
      ['chain.v1.1.0', 'needs-package.v1.0.0'],
    ],
    ['an API dependency', [subscribe('needs-api')], [], ['needs-api.v1.0.0', 'twin.v1.0.0']],
    [
      'no dependency twice',
      [subscribe('needs-api'), subscribe('twin')],
      [],
      ['needs-api.v1.0.0', 'twin.v1.0.0'],
    ],
    [
      'what is installed for a new dependent, whose name comes first',
      [subscribe('before-chain'), subscribe('chain', {}, 'chain.v1.1.0')],
      [installed('chain', '1.1.0')],
      ['before-chain.v1.0.0'],
    ],
    [
      'the update of what is installed where a new dependent needs it',
      [subscribe('before-chain'), subscribe('chain', {}, 'chain.v1.0.0')],
      [installed('chain', '1.0.0')],
      ['before-chain.v1.0.0', 'chain.v1.1.0'],
    ],
    [
      'the update of a dependency whose dependent is installed',
      [subscribe('before-chain', {}, 'before-chain.v1.0.0'), subscribe('chain', {}, 'chain.v1.1.0')],
      [installed('before-chain', '1.0.0'), installed('chain', '1.1.0')],
      ['chain.v1.2.0'],
    ],
    [
      'what a new channel offers of the installed version: nothing',
      [subscribe('chain', { channel: 'old' }, 'chain.v1.0.0')],
      [installed('chain', '1.0.0')],
      [],
    ],
  ])('is %s', (_what, subscriptions, csvs, expected) => {
    expect(chosen(subscriptions, csvs)).toEqual(expected);
  });

  test.each([
    [
      'an unknown package',
      [subscribe('none')],
      [],
      'no operators found in package none in the catalog referenced by subscription none, subscription none exists',
    ],
    [
      'an unknown channel',
      [subscribe('chain', { channel: 'nightly' })],
      [],
      'no operators found in channel nightly of package chain in the catalog referenced by subscription chain, subscription chain exists',
    ],
    [
      'an unknown startingCSV',
      [subscribe('chain', { startingCSV: 'chain.v9' })],
      [],
      'no operators found with name chain.v9 in channel stable of package chain in the catalog referenced by subscription chain, subscription chain exists',
    ],
    [
      'an unknown catalog',
      [subscribe('chain', { source: 'gone' })],
      [],
      'no operators found from catalog gone in namespace olm referenced by subscription chain, subscription chain exists',
    ],
    [
      'an API that nobody provides',
      [subscribe('needs-nothing-there')],
      [],
      'bundle needs-nothing-there.v1.0.0 requires an operator providing an API with group: x.example.com, version: v1, kind: X, subscription needs-nothing-there exists, subscription needs-nothing-there requires cat/olm/stable/needs-nothing-there.v1.0.0',
    ],
    [
      'a package that no catalog has',
      [subscribe('needs-absent')],
      [],
      'bundle needs-absent.v1.0.0 requires an operator with package: absent and with version in range: >=1.0.0, subscription needs-absent exists, subscription needs-absent requires cat/olm/stable/needs-absent.v1.0.0',
    ],
    [
      'an operator left behind by a deleted Subscription',
      [subscribe('twin')],
      [installed('twin', '1.0.0')],
      '@existing/ns//twin.v1.0.0 and cat/olm/stable/twin.v1.0.0 provide Twin (twin.example.com/v1), clusterserviceversion twin.v1.0.0 exists and is not referenced by a subscription, subscription twin exists, subscription twin requires cat/olm/stable/twin.v1.0.0',
    ],
  ])('can not be told for %s, in the words of OLM', (_what, subscriptions, csvs, reasons) => {
    expect(() => chosen(subscriptions, csvs)).toThrow(`constraints not satisfiable: ${reasons}`);
  });
});
