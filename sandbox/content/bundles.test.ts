import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { validateDefinition } from '../apiserver/crd/validate-definition.ts';
import { asSchema } from '../apiserver/schema/schema.ts';
import { validate } from '../apiserver/schema/validate.ts';
import { folderOf, imageFolders, readImage, readPackages, readYaml, valuesOf } from './content-files.ts';

const packages = readPackages();
const bundles = packages.flatMap((each) => each.bundles);
const missingImage = 'quay.io/operatorhubio/minio-operator:v7.0.1';
const images = bundles.flatMap((bundle) => {
  const image = readImage(bundle.image);
  return image ? [{ ...image, bundle }] : [];
});

describe('bundle images', () => {
  test('exist for every bundle but one, and for nothing else', () => {
    expect(bundles.filter((bundle) => !readImage(bundle.image)).map((bundle) => bundle.image)).toEqual([
      missingImage,
    ]);
    const wanted = bundles.map((bundle) => bundle.image).filter((image) => image !== missingImage);
    expect(imageFolders().sort()).toEqual(wanted.map(folderOf).sort());
  });

  test.each(images.map((image) => [image.bundle.name, image] as const))(
    '%s agrees with its catalog',
    (name, image) => {
      const { bundle, csv, crds } = image;
      const { spec, metadata } = csv;
      expect(metadata.name).toBe(name);
      expect(valuesOf(bundle, 'olm.package')).toEqual([
        { packageName: bundle.package, version: spec.version },
      ]);
      expect(image.annotations['operators.operatorframework.io.bundle.package.v1']).toBe(bundle.package);

      const { annotations, labels, crdDescriptions, ...texts } =
        valuesOf(bundle, 'olm.csv.metadata')[0] ?? {};
      expect(annotations).toEqual(metadata.annotations);
      expect(labels).toEqual(metadata.labels);
      expect(crdDescriptions).toEqual(spec.customresourcedefinitions);
      const { apiServiceDefinitions: _, ...sameInSpec } = texts;
      expect(spec).toMatchObject(sameInSpec);

      const defined = crds.flatMap((crd) => gvksOf(crd));
      expect(valuesOf(bundle, 'olm.gvk')).toEqual(expect.arrayContaining(defined));
      expect(valuesOf(bundle, 'olm.gvk')).toHaveLength(defined.length);
      expect(
        spec.customresourcedefinitions.owned.map(({ kind, version }) => `${kind} ${version}`).sort(),
      ).toEqual(defined.map(({ kind, version }) => `${kind} ${version}`).sort());
      const dependencies = (type: string) =>
        image.dependencies.filter((each) => each.type === type).map(({ value }) => value);
      expect(dependencies('olm.gvk')).toEqual(valuesOf(bundle, 'olm.gvk.required'));
      expect(dependencies('olm.package')).toEqual(
        valuesOf(bundle, 'olm.package.required').map(({ packageName, versionRange }) => ({
          packageName,
          version: versionRange,
        })),
      );

      const { deployments, permissions, clusterPermissions } = spec.install.spec;
      const accounts = new Set(
        [...permissions, ...clusterPermissions].map((each) => each.serviceAccountName),
      );
      const related = bundle.relatedImages.map((each) => each.image);
      expect(related).toEqual([bundle.image, ...spec.relatedImages.map((each) => each.image)]);
      for (const { spec: deployment } of deployments) {
        expect(accounts).toContain(deployment.template.spec.serviceAccountName);
        for (const container of deployment.template.spec.containers)
          expect(related).toContain(container.image);
      }
      const edges = packages
        .flatMap((each) => each.channels)
        .flatMap((channel) => channel.entries)
        .filter((entry) => entry.name === name);
      if (spec.replaces) expect(edges.map((entry) => entry.replaces)).toContain(spec.replaces);
      for (const edge of edges) expect(edge.skipRange).toBe(metadata.annotations['olm.skipRange']);
      for (const skipped of spec.skips) expect(edges.flatMap((entry) => entry.skips)).toContain(skipped);
    },
  );

  test.each(images.map((image) => [image.bundle.name, image] as const))(
    '%s defines APIs that an API server accepts, and examples that they accept',
    (_, { csv, crds }) => {
      for (const crd of crds) expect(validateDefinition(crd, undefined)).toEqual([]);
      const versions = crds.flatMap(versionsOf);
      for (const example of exampleSchema.parse(
        JSON.parse(csv.metadata.annotations['alm-examples'] ?? '[]'),
      )) {
        const version = versions.find((each) => each.id === `${example.apiVersion} ${example.kind}`);
        expect(version?.id).toBe(`${example.apiVersion} ${example.kind}`);
        if (version) expect(validate(example, version.schema)).toEqual([]);
      }
    },
  );

  test('the images that can not be pulled are those of Deployments', () => {
    const [file] = readYaml('unpullable-images.yaml');
    const unpullable = z.object({ images: z.array(z.string()).min(1) }).parse(file).images;
    const deployed = images.flatMap(({ csv }) =>
      csv.spec.install.spec.deployments.flatMap(({ spec }) =>
        spec.template.spec.containers.map(({ image }) => image),
      ),
    );
    for (const image of unpullable) expect(deployed).toContain(image);
  });
});

const exampleSchema = z.array(z.looseObject({ apiVersion: z.string(), kind: z.string() }));
const crdSchema = z.object({
  spec: z.object({
    group: z.string(),
    names: z.object({ kind: z.string() }),
    versions: z.array(
      z.object({
        name: z.string(),
        served: z.boolean(),
        schema: z.object({ openAPIV3Schema: z.record(z.string(), z.unknown()) }),
      }),
    ),
  }),
});

function versionsOf(crd: unknown) {
  const { group, names, versions } = crdSchema.parse(crd).spec;
  return versions
    .filter((version) => version.served)
    .map((version) => ({
      id: `${group}/${version.name} ${names.kind}`,
      gvk: { group, kind: names.kind, version: version.name },
      schema: asSchema(version.schema.openAPIV3Schema),
    }));
}

function gvksOf(crd: unknown) {
  return versionsOf(crd).map((version) => version.gvk);
}
