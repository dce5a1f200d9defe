import { validate } from '../../apiserver/schema/validate.ts';
import type { KubeObject, ObjectKey } from '../../client/types.ts';
import type { Condition, StepStatus } from '../api.ts';
import type { OlmContext } from '../context.ts';
import { refs } from '../refs.ts';
import { fnv64 } from '../text.ts';

interface Crd extends KubeObject {
  spec: {
    group: string;
    names: { plural: string; kind: string };
    versions: {
      name: string;
      served: boolean;
      storage: boolean;
      schema?: { openAPIV3Schema?: Record<string, unknown> };
    }[];
  };
  status?: { conditions?: Condition[]; storedVersions?: string[] };
}

/** Tells on a CRD with which CSVs it came. */
const alongside = 'operatorframework.io/installed-alongside-';

/**
 * Creates a CRD and waits for it to be served, or brings an existing one to the bundle's version.
 * @throws when the new CRD would drop a version in which objects may still be stored
 */
export async function crdStep(
  olm: OlmContext,
  object: KubeObject,
  before: StepStatus,
  csv: ObjectKey,
): Promise<StepStatus> {
  const { client } = olm.cluster;
  const wanted = object as Crd;
  const owner = `${csv.namespace}/${csv.name}`;
  const note = { [`${alongside}${fnv64(owner)}`]: owner };
  const name = wanted.metadata.name ?? '';
  const there = await client.find<Crd>(refs.crds, { name });
  if (!there) {
    await client.create<Crd>(refs.crds, clean(wanted, note), { fieldManager: 'catalog' });
    return 'WaitingForApi';
  }
  if (before === 'WaitingForApi') return established(there) ? 'Created' : 'WaitingForApi';
  checkStoredVersions(there, wanted);
  // Of a CRD that is not served yet there are no objects.
  if (established(there)) await checkObjects(olm, there, wanted);
  await client.update<Crd>(
    refs.crds,
    {
      ...there,
      metadata: {
        ...there.metadata,
        labels: { ...there.metadata.labels, ...wanted.metadata.labels },
        annotations: { ...othersNotes(olm, there, csv), ...wanted.metadata.annotations, ...note },
      },
      spec: wanted.spec,
    },
    { fieldManager: 'catalog' },
  );
  return 'Present';
}

/** The annotations of a CRD without those of CSVs that are no more, or that this one replaces. */
function othersNotes(olm: OlmContext, { metadata }: Crd, csv: ObjectKey): Record<string, string> {
  const replaced = `${csv.namespace}/${olm.csvs.get(csv)?.spec.replaces}`;
  const stays = ([key, owner]: [string, string]) =>
    !key.startsWith(alongside) || (owner !== replaced && olm.csvs.get(owner) !== undefined);
  return Object.fromEntries(Object.entries(metadata.annotations ?? {}).filter(stays));
}

function clean({ metadata, spec }: Crd, note: Record<string, string>): Crd {
  const { name = '', labels, annotations } = metadata;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name,
      labels: { ...labels, 'olm.managed': 'true' },
      annotations: { ...annotations, ...note },
    },
    spec,
  };
}

function established({ status }: Crd): boolean {
  return status?.conditions?.some((it) => it.type === 'Established' && it.status === 'True') ?? false;
}

function checkStoredVersions(there: Crd, wanted: Crd): void {
  const kept = new Set(wanted.spec.versions.map(({ name }) => name));
  for (const version of there.status?.storedVersions ?? []) {
    if (kept.has(version)) continue;
    const name = wanted.metadata.name;
    throw new Error(
      `risk of data loss updating "${name}": new CRD removes version ${version} that is listed as a stored version on the existing CRD`,
    );
  }
}

/** An upgrade must not make objects invalid that are there already (a field newly required, a value newly refused). */
async function checkObjects(olm: OlmContext, there: Crd, wanted: Crd): Promise<void> {
  const { group, names } = wanted.spec;
  for (const { name: version, schema } of wanted.spec.versions) {
    const served = there.spec.versions.some((it) => it.name === version && it.served);
    if (!served || !schema?.openAPIV3Schema) continue;
    const { items } = await olm.cluster.client.list({ group, version, resource: names.plural });
    for (const item of items) {
      const errors = validate(item, schema.openAPIV3Schema);
      if (errors.length === 0) continue;
      const { namespace, name } = item.metadata;
      const causes = errors.map(({ field, message }) => `[].${field}: ${message}`);
      const list = causes.length === 1 ? causes[0] : `[${causes.join(', ')}]`;
      throw new Error(
        `error validating existing CRs against new CRD's schema for "${wanted.metadata.name}": ` +
          `error validating ${group}/${version}, Kind=${names.kind} "${namespace ? `${namespace}/` : ''}${name}": ` +
          `updated validation is too restrictive: ${list}`,
      );
    }
  }
}
