const VERSIONS = ['1.0.0', '1.1.0', '1.2.0', '1.3.0'];

export const packageName = (index: number) => `bench-${String(index).padStart(3, '0')}`;
export const firstVersion = (index: number) => `${packageName(index)}.v${VERSIONS[0]}`;

/** A file-based catalog of Alauda operators for one namespace each, with three upgrades one after the other. */
export function batchCatalog(packages: number): string {
  const documents = Array.from({ length: packages }, (_, index) => {
    const name = packageName(index);
    const entries = VERSIONS.map((version, place) => ({
      name: `${name}.v${version}`,
      ...(place > 0 ? { replaces: `${name}.v${VERSIONS[place - 1]}` } : {}),
    }));
    return [
      { schema: 'olm.package', name, defaultChannel: 'stable' },
      { schema: 'olm.channel', name: 'stable', package: name, entries },
      ...VERSIONS.map((version) => ({
        schema: 'olm.bundle',
        name: `${name}.v${version}`,
        package: name,
        image: `registry.example.com/bench/${name}:v${version}`,
        properties: [
          { type: 'olm.package', value: { packageName: name, version } },
          {
            type: 'olm.csv.metadata',
            value: {
              annotations: { 'provider-type': 'platform' },
              displayName: name,
              description: name,
              provider: { name: 'Alauda' },
              installModes: ['OwnNamespace', 'SingleNamespace', 'MultiNamespace', 'AllNamespaces'].map(
                (type) => ({
                  type,
                  supported: type === 'OwnNamespace' || type === 'SingleNamespace',
                }),
              ),
            },
          },
        ],
      })),
    ];
  });
  return documents
    .flat()
    .map((document) => JSON.stringify(document))
    .join('\n');
}
