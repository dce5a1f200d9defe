import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { StatusError } from '../client/status-error.ts';
import type { KubeObject, StatusCause } from '../client/types.ts';
import type { ClusterRuntime } from '../cluster-runtime.ts';
import { startControllers } from '../controllers/start.ts';
import { makeCluster } from '../make-cluster.ts';
import { installCrds } from '../olm/install-crds.ts';
import { createDefinitions, installPlatformCrds } from './crds.ts';

const samples = new URL('../../../shared/data/acp/', import.meta.url);
const definitions = { group: 'apiextensions.k8s.io', version: 'v1', resource: 'customresourcedefinitions' };
const published = existsSync(samples);
if (!published)
  process.stderr.write('crds.test.ts: no published objects here, their acceptance is not compared\n');

interface Column {
  name: string;
  type: string;
  jsonPath: string;
}

/** The published CRDs of OLM are of a version before the column Release. */
const columnsOf = (columns: Column[] = []) =>
  columns
    .filter(({ name }) => name !== 'Release')
    .map(({ name, type, jsonPath }) => ({ name, type, jsonPath }));

interface Definition extends KubeObject {
  spec: {
    group: string;
    names: { kind: string; plural: string };
    scope: string;
    versions: { name: string; additionalPrinterColumns?: Column[] }[];
  };
}

const stop = new AbortController();
const both = published ? situation() : Promise.reject(new Error('nothing to compare with'));
both.catch(() => undefined);
afterAll(() => stop.abort());

function cluster(name = 'global'): ClusterRuntime {
  const made = makeCluster({
    name,
    speed: 50,
    signal: stop.signal,
    tokens: () => undefined,
    gitVersion: 'v1.33.5',
  });
  startControllers(made);
  return made;
}

function documents(folder: string, file: string): KubeObject[] {
  const text = readFileSync(new URL(`${folder}/${file}`, samples), 'utf8');
  // Some are transcripts or have full-width spaces: what is no YAML is not compared.
  return parseAllDocuments(text, { logLevel: 'silent' }).flatMap((document) => {
    const value: unknown = document.errors.length > 0 ? undefined : document.toJS();
    return isObject(value) ? [value] : [];
  });
}

function isObject(value: unknown): value is KubeObject {
  return typeof value === 'object' && value !== null && 'kind' in value && 'metadata' in value;
}

/** Broken in one place each, so that refusals are compared too. */
function variants(object: KubeObject): KubeObject[] {
  const spec = typeof object.spec === 'object' && object.spec !== null ? { ...object.spec } : {};
  const without = Object.keys(spec).map((key) => ({ ...spec, [key]: undefined }));
  const mistyped = Object.keys(spec).map((key) => ({ ...spec, [key]: [[7]] }));
  const renamed = [...without, ...mistyped, { ...spec, unheardOf: { a: 1 } }];
  return [
    object,
    ...renamed.map((changed): KubeObject => JSON.parse(JSON.stringify({ ...object, spec: changed }))),
  ];
}

interface Answer {
  code: number;
  causes: StatusCause[];
}

async function answerTo(on: ClusterRuntime, { spec }: Definition, object: KubeObject): Promise<Answer> {
  const [group, version] = object.apiVersion.split('/', 2);
  const ref = { group: group ?? '', version: version ?? '', resource: spec.names.plural };
  const { namespace: _, ...metadata } = object.metadata;
  const namespaced = spec.scope === 'Namespaced' ? { ...metadata, namespace: 'default' } : metadata;
  try {
    await on.client.create(ref, { ...object, metadata: namespaced }, { dryRun: true });
    return { code: 201, causes: [] };
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    return { code: error.code, causes: error.status.details?.causes ?? [] };
  }
}

async function situation() {
  const [ours, theirs] = [cluster(), cluster()];
  await installCrds(ours.client, stop.signal);
  await installPlatformCrds(ours);
  const { items } = await ours.client.list<Definition>(definitions);
  const ourKinds = new Map(items.map((it) => [it.spec.names.kind, it]));
  const published = readdirSync(new URL('crds/', samples))
    .flatMap((file) => documents('crds', file))
    .filter((it): it is Definition => ourKinds.has((it as Definition).spec.names.kind));
  await createDefinitions(
    theirs,
    published.map(({ apiVersion, kind, metadata, spec }) => ({
      apiVersion,
      kind,
      metadata: { name: metadata.name ?? '' },
      spec,
    })),
  );
  return { ours, theirs, ourKinds, published };
}

const objects = published
  ? ['moduleplugin', 'moduleconfig', 'moduleinfo', 'artifact', 'olm'].flatMap((folder) =>
      readdirSync(new URL(folder, samples)).flatMap((file) =>
        documents(folder, file).map((object, index) => {
          // Two published examples leave their apiVersion out.
          const apiVersion = object.apiVersion ?? 'cluster.alauda.io/v1alpha1';
          return [`${file} #${index} (${object.kind})`, { ...object, apiVersion }] as const;
        }),
      ),
    )
  : [];

describe.skipIf(!published)('beside the published CRDs', () => {
  test.each(objects)('%s, whole and broken, gets the same answers', async (_, object) => {
    const { ours, theirs, ourKinds } = await both;
    const definition = ourKinds.get(object.kind);
    if (!definition) throw new Error(`no CRD of ours for ${object.kind}`);
    const codes = new Set<number>();
    for (const variant of variants(object)) {
      const answer = await answerTo(ours, definition, variant);
      expect(answer).toEqual(await answerTo(theirs, definition, variant));
      codes.add(answer.code);
    }
    // Broken ones among them are refused, or the comparison means nothing.
    expect(codes).toContain(422);
  });

  // No CRD of this kind is published, only objects.
  test('every published ClusterPluginInstance is accepted by a workload cluster', async () => {
    const business = cluster('business');
    await installPlatformCrds(business);
    const ref = { group: 'cluster.alauda.io', version: 'v1alpha1', resource: 'clusterplugininstances' };
    const folder = 'clusterplugininstance';
    const instances = readdirSync(new URL(folder, samples)).flatMap((file) => documents(folder, file));
    expect(instances.length).toBeGreaterThan(3);
    for (const instance of instances) await business.client.create(ref, instance, { dryRun: true });
  });

  test('kinds have the same names, short names and columns', async () => {
    const { ourKinds, published: theirs } = await both;
    expect(theirs.length).toBeGreaterThanOrEqual(8);
    for (const { spec } of theirs) {
      const our = ourKinds.get(spec.names.kind);
      expect(our?.spec.names).toMatchObject(spec.names);
      for (const version of our?.spec.versions ?? []) {
        const their = spec.versions.find(({ name }) => name === version.name);
        expect(columnsOf(version.additionalPrinterColumns)).toEqual(
          columnsOf(their?.additionalPrinterColumns),
        );
      }
    }
  });
});
