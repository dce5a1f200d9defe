import { expect, test } from 'vitest';
import { synthesised } from './synthesise.ts';

test('a bundle made up from its catalog entry has a CSV and a CRD per API, and each says that it is made up', () => {
  const gvk = { group: 'a.example.com', version: 'v1', kind: 'Thing' };
  const objects = synthesised({
    name: 'a.v1.0.0',
    packageName: 'a',
    version: '1.0.0',
    image: 'registry.example.com/a-bundle:1',
    properties: [
      {
        type: 'olm.csv.metadata',
        value: {
          displayName: 'A',
          crdDescriptions: { owned: [{ name: 'things.a.example.com', version: 'v1', kind: 'Thing' }] },
          installModes: [{ type: 'AllNamespaces', supported: true }],
        },
      },
    ],
    relatedImages: ['registry.example.com/a-bundle:1', 'registry.example.com/a:1'],
    provided: [gvk, { ...gvk, version: 'v2' }],
    requiredApis: [],
    requiredPackages: [],
  });
  expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
    'ClusterServiceVersion a.v1.0.0',
    'CustomResourceDefinition things.a.example.com',
  ]);
  for (const { metadata } of objects) {
    expect(metadata.annotations).toMatchObject({ 'sandbox.cpaas.io/synthesised': 'true' });
  }
  expect(JSON.stringify(objects[0])).toContain('"image":"registry.example.com/a:1"');
});
