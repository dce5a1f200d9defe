import { describe, expect, test } from 'vitest';
import type { StepResource } from '../api.ts';
import { BundleImages } from '../catalog/bundle-images.ts';
import { loadCatalog } from '../catalog/load.ts';
import { inlineManifests } from '../catalog/manifests.ts';
import { haveRecordings, recording, sharedPath } from '../testing/recordings.ts';
import { propertiesJson, stepsOf } from './steps.ts';
import { unpackName } from './unpack.ts';
import { packedFiles, unpackedObjects } from './unpacked-files.ts';

interface RecordedPlan {
  metadata: { namespace: string; name: string };
  status: {
    plan: { resolving: string; resource: StepResource }[];
    bundleLookups?: { identifier: string; properties: string }[];
  };
}

describe.skipIf(!haveRecordings)('steps of real InstallPlans', () => {
  const plans = haveRecordings
    ? ['auto-a', 'multi'].flatMap(
        (name) =>
          recording<{ installplans: { items: RecordedPlan[] } }>(`scenario-${name}.json`).installplans.items,
      )
    : [];

  test.each(plans.map((plan) => [`${plan.metadata.namespace}/${plan.metadata.name}`, plan] as const))(
    '%s has the same kinds and names in the same order',
    async (_name, plan) => {
      const { namespace } = plan.metadata;
      for (const csv of new Set(plan.status.plan.map(({ resolving }) => resolving))) {
        const recorded = plan.status.plan.filter(({ resolving }) => resolving === csv);
        const packageName = csv.split('.')[0] ?? '';
        const lookup = plan.status.bundleLookups?.find(({ identifier }) => identifier === csv);
        const folder = lookup ? 'community-v2' : 'inline';
        const { packages } = await loadCatalog(sharedPath(`catalogs/${folder}/${packageName}`));
        const bundle = packages.get(packageName)?.bundles.get(csv);
        if (!bundle) throw new Error(`no bundle ${csv}`);
        const images = new BundleImages([sharedPath('catalogs/bundles')]);
        const manifests = lookup
          ? unpackedObjects(packedFiles((await images.files(bundle.image)) ?? []))
          : inlineManifests(bundle);
        const origin = { bundle, replaces: undefined, catalogName: 'c', catalogNamespace: 'olm', namespace };
        const steps = stepsOf(manifests ?? [], origin);
        const shown = (resource: StepResource) =>
          // The hash at the end is OLM's own and stands for the rules.
          [
            resource.group,
            resource.version,
            resource.kind,
            resource.name.replace(/-[A-Za-z0-9]{30,}$/, '-#'),
          ].join(' ');
        expect(steps.map(({ resource }) => shown(resource))).toEqual(
          recorded.map(({ resource }) => shown(resource)),
        );
        if (lookup) expect(propertiesJson(bundle)).toBe(lookup.properties);
      }
    },
  );
});

test('the unpack ConfigMap is named after the image as OLM names it', () => {
  expect(unpackName('quay.io/operatorhubio/kiali:v1.34.0')).toBe(
    '581b8f5308ba073d26648af963728ca2edb1d95ba7c79f992e22ffa90eb6742',
  );
});

test('generated names fit into a label value however long the CSV is called', async () => {
  const csv = {
    apiVersion: 'operators.coreos.com/v1alpha1',
    kind: 'ClusterServiceVersion',
    metadata: { name: `a${'-very'.repeat(30)}.v1.0.0` },
    spec: {
      displayName: 'a',
      install: {
        strategy: 'deployment',
        spec: {
          deployments: [],
          clusterPermissions: [{ serviceAccountName: 'default', rules: [{ verbs: ['get'] }] }],
        },
      },
    },
  };
  const bundle = {
    name: csv.metadata.name,
    packageName: 'a',
    version: '1.0.0',
    image: '',
    properties: [],
    relatedImages: [],
    provided: [],
    requiredApis: [],
    requiredPackages: [],
  };
  const origin = { bundle, replaces: undefined, catalogName: 'c', catalogNamespace: 'n', namespace: 'x' };
  const steps = stepsOf([csv], origin);
  // No ServiceAccount step: every namespace has `default`.
  expect(steps.map(({ resource }) => resource.kind)).toEqual([
    'ClusterServiceVersion',
    'ClusterRole',
    'ClusterRoleBinding',
  ]);
  expect(steps[1]?.resource.name.length).toBeLessThanOrEqual(63);
});
