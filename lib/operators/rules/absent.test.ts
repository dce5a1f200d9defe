import { describe, expect, test } from 'vitest';
import { absentOperators, brokenConnection, type Known } from './absent';
import type { ApiObject } from './objects';
import { packageFile, pushCommand } from './violet';

function artifact(name: string, library = 'platform', spec: object = {}): ApiObject {
  return {
    apiVersion: 'app.alauda.io/v1alpha1',
    kind: 'Artifact',
    metadata: metadata(name, { 'cpaas.io/library': library }),
    spec: { type: 'bundle', displayName: 'Connectors', repository: `devops/${name}-bundle`, ...spec },
  };
}

function version(of: string, tag: string, status: object, creationTimestamp = '2026-01-01T11:55:00Z') {
  return {
    apiVersion: 'app.alauda.io/v1alpha1',
    kind: 'ArtifactVersion',
    metadata: { ...metadata(`${of}.${tag}`, { 'cpaas.io/artifact-version': of }), creationTimestamp },
    spec: { present: true, tag },
    status,
  };
}

function metadata(name: string, labels: Record<string, string>) {
  const creationTimestamp = '2026-01-01T00:00:00Z';
  return { name, namespace: 'cpaas-system', uid: name, resourceVersion: '1', creationTimestamp, labels };
}

function product(name: string, channel: object = {}, packageType = 'OperatorBundle') {
  const facts = {
    artifactStatus: 'Absent',
    channel: 'alpha',
    default: true,
    displayName: { en: 'DevOps Connectors', zh: 'DevOps 连接器' },
    brief: { zh: '工具' },
    provider: { en: 'Alauda', zh: 'Alauda' },
    providerType: 'platform',
    catalogSource: 'platform',
    repository: 'devops/connectors-operator-bundle',
    tag: 'v1.1.0',
    ...channel,
  };
  return { status: { artifacts: [{ name, packageType, channels: [facts] }] } };
}

const offered = (name: string, catalog = 'platform') => [
  { catalogNamespace: 'cpaas-system', catalog, catalogDisplayName: 'Platform', name },
];

const absent = (known: Partial<Known>, packages = offered('other')) =>
  absentOperators(
    { productBases: undefined, artifacts: undefined, artifactVersions: undefined, ...known },
    packages,
  );

describe('absent operators', () => {
  test('are those that the platform knows and no catalog offers', () => {
    expect(absent({ productBases: [product('connectors-operator')] })).toEqual([
      expect.objectContaining({
        catalogNamespace: 'cpaas-system',
        catalog: 'platform',
        catalogDisplayName: 'Platform',
        name: 'connectors-operator',
        displayName: 'DevOps Connectors',
        description: '工具',
        source: 'Alauda',
        status: 'Absent',
        version: '1.1.0',
        channel: 'alpha',
        absent: { tag: 'v1.1.0', repository: 'devops/connectors-operator-bundle' },
      }),
    ]);
  });

  test('are not those that a catalog offers, but the same name of another catalog does not count', () => {
    const known = { productBases: [product('connectors-operator')] };
    expect(absent(known, offered('connectors-operator'))).toEqual([]);
    expect(absent(known, offered('connectors-operator', 'custom'))).toHaveLength(1);
  });

  test.each([
    ['cluster plugins', product('harbor-robot-gen', {}, 'ModulePlugin')],
    ['hidden ones', product('inner', { hidden: true })],
    ['those of the catalog system', product('inner', { catalogSource: 'system' })],
    ['names that are none', product('../secrets')],
    ['packages without a channel', { status: { artifacts: [{ name: 'x', packageType: 'OperatorBundle' }] } }],
    ['nonsense', { status: { artifacts: 'none' } }],
  ])('are not %s', (_, productBase) => {
    expect(absent({ productBases: [productBase] })).toEqual([]);
  });

  test('say since when an upload is being synchronised', () => {
    const artifactVersions = [version('connectors-operator', 'v1.1.0', { phase: 'Pending' })];
    const known = { artifacts: [artifact('connectors-operator')], artifactVersions };
    expect(absent(known)[0]).toMatchObject({
      name: 'connectors-operator',
      absent: { tag: 'v1.1.0', synchronisingSince: '2026-01-01T11:55:00Z' },
    });
    expect(absent({ ...known, productBases: [product('connectors-operator')] })).toEqual([
      expect.objectContaining({
        displayName: 'DevOps Connectors',
        absent: expect.objectContaining({ synchronisingSince: '2026-01-01T11:55:00Z' }),
      }),
    ]);
  });

  test('are still being synchronised while the catalog has not taken a present upload up', () => {
    const artifacts = [artifact('operatorhub-connectors')];
    const status = { phase: 'Present', name: 'connectors' };
    const known = { artifacts, artifactVersions: [version('operatorhub-connectors', 'v1.1.0', status)] };
    expect(absent(known)).toMatchObject([
      { name: 'connectors', absent: { synchronisingSince: expect.any(String) } },
    ]);
    expect(absent(known, offered('connectors'))).toEqual([]);
  });

  test('say what the platform said of an upload that failed', () => {
    const status = { phase: 'Failed', reason: 'NoOwner', message: 'aritfactVersion not have OwnerReference' };
    const artifactVersions = [version('connectors-operator', 'v1.1.0', status)];
    expect(
      absent({ artifacts: [artifact('connectors-operator')], artifactVersions })[0]?.absent,
    ).toMatchObject({
      failure: 'aritfactVersion not have OwnerReference',
    });
  });

  test('are uploads without any version too, but neither charts nor what the platform keeps to itself', () => {
    expect(absent({ artifacts: [artifact('custom-widget', 'custom')] })).toMatchObject([
      {
        name: 'widget',
        catalog: 'custom',
        source: 'Custom',
        absent: { repository: 'devops/custom-widget-bundle' },
      },
    ]);
    expect(
      absent({ artifacts: [artifact('x', 'system'), artifact('y', 'platform', { type: 'chart' })] }),
    ).toEqual([]);
  });
});

describe('the command that uploads a package', () => {
  const operator = { name: 'connectors-operator', catalog: 'platform', absent: { tag: 'v1.1.0' } };

  test('names the file, the platform and the cluster', () => {
    const platformAddress = 'https://acp.example.com';
    const command = pushCommand(
      { ...operator, absent: { ...operator.absent, platformAddress } },
      { cluster: 'business', user: 'admin' },
    );
    expect(packageFile(operator)).toBe('connectors-operator.v1.1.0.tgz');
    expect(command).toContain('violet push connectors-operator.v1.1.0.tgz \\\n');
    expect(command).toContain('--platform-address https://acp.example.com');
    expect(command).toContain('--clusters business');
    expect(command).not.toContain('--target-catalog-source');
  });

  test('quotes what a shell would take apart', () => {
    const command = pushCommand({ ...operator, catalog: 'custom' }, { cluster: "a'b; rm", user: 'x y' });
    expect(command).toContain(`--clusters 'a'\\''b; rm'`);
    expect(command).toContain("--platform-username 'x y'");
    expect(command).toContain("--platform-address 'https://<platform address>'");
    expect(command).toContain('--target-catalog-source custom');
  });
});

test.each([
  ['READY', undefined],
  ['IDLE', undefined],
  [undefined, undefined],
  ['TRANSIENT_FAILURE', 'TRANSIENT_FAILURE'],
  ['CONNECTING', 'CONNECTING'],
])('a catalog in connection state %s is broken: %s', (lastObservedState, expected) => {
  const metadata = {
    name: 'platform',
    uid: 'c',
    resourceVersion: '1',
    creationTimestamp: '2026-01-01T00:00:00Z',
  };
  const source = { apiVersion: 'operators.coreos.com/v1alpha1', kind: 'CatalogSource', metadata };
  expect(brokenConnection({ ...source, status: { connectionState: { lastObservedState } } })).toBe(expected);
});
