import 'server-only';
import type { Context } from '@/lib/kube/context';
import { type ConnectionError, KubeError } from '@/lib/kube/errors';
import type { KubeObject, ResourceRef } from '@/lib/kube/types';
import type { Unread } from '../contract';
import type { ReviewedApi } from '../plan-contract';
import { type ClusterServiceVersionObject, targetNamespacesOf } from '../rules/objects';
import type { Running } from '../rules/plan/diff';
import type { PlanReading } from '../rules/plan/read-plan';
import { field, list, record, text } from '../rules/untrusted';
import { inTurns } from './in-turns';
import { listGroups, listVersions } from './olm-objects';
import { isOfCluster, noteUnread, readableIfAny } from './partial';
import { clusterRoles, customResourceDefinitions, roles } from './refs';

const MAX_DEFINITIONS = 200;
const MAX_ROLES = 100;
const MAX_COUNTED_KINDS = 40;
const MAX_INSTANCES = 500;

/**
 * The ClusterServiceVersions of the whole cluster, or of the plan's namespace where no more may be read. Copies of
 * cluster-wide operators stand in every namespace and say nothing.
 */
export async function readVersions(
  { kube }: Context,
  namespace: string,
  partial: Unread,
): Promise<ClusterServiceVersionObject[] | undefined> {
  const read = (within?: string) =>
    readableIfAny(
      listVersions(kube, {
        namespace: within,
        labelSelector: '!olm.copiedFrom',
      }),
      partial,
    );
  return (await read()) ?? (await read(namespace));
}

/** What the cluster has of all that a plan would create or change. */
export async function readRunning(
  context: Context,
  namespace: string,
  plan: PlanReading,
  versions: readonly ClusterServiceVersionObject[] | undefined,
  partial: Unread,
): Promise<Running> {
  const names = new Set(
    plan.steps.filter(({ kind }) => kind === 'CustomResourceDefinition').map(({ name }) => name),
  );
  const definitions = [...names]
    .slice(0, MAX_DEFINITIONS)
    .map((name): Wanted => ({ ref: customResourceDefinitions, name }));
  const own = plan.steps
    .filter(({ kind, manifest }) => (kind === 'Role' || kind === 'ClusterRole') && manifest !== undefined)
    .slice(0, MAX_ROLES)
    .map(
      ({ kind, name }): Wanted =>
        kind === 'Role' ? { ref: roles, name, namespace } : { ref: clusterRoles, name },
    );
  const [apis, rights, groups, kubernetes] = await Promise.all([
    existing(context, definitions, partial),
    existing(context, own, partial),
    readableIfAny(listGroups(context.kube, { namespace }), partial),
    readKubernetes(context),
  ]);
  return {
    clusterServiceVersions: versions,
    customResourceDefinitions: apis,
    unread: new Set([...names].slice(MAX_DEFINITIONS)),
    roles: rights ?? [],
    everywhere: groups?.some((group) => targetNamespacesOf(group).length === 0) ?? false,
    around: { namespace, kubernetes, operatorGroup: groups?.length === 1 ? groups[0] : undefined },
  };
}

/** The cluster's own version, where it tells. */
async function readKubernetes({ kube }: Context): Promise<string | undefined> {
  try {
    const answer = await kube.path<unknown>('/version', { verb: 'get', resource: 'version' });
    return text(field(answer, 'gitVersion'), 50) || undefined;
  } catch (error) {
    if (isOfCluster(error)) return undefined;
    throw error;
  }
}

/** Objects of the APIs that a plan changes: they are counted, and checked for what the new definitions refuse. */
export async function readInstances(
  { kube }: Context,
  { customResourceDefinitions: definitions = [] }: Running,
): Promise<{
  objects: ReadonlyMap<string, KubeObject[]>;
  counts: ReadonlyMap<string, ReviewedApi['instances']>;
}> {
  const read = await inTurns(definitions.slice(0, MAX_COUNTED_KINDS), async (definition) => {
    const name = text(field(field(definition, 'metadata'), 'name'), 253);
    const ref = servedAs(definition);
    if (!ref) return undefined;
    try {
      return { name, ...(await kube.first<KubeObject>(ref, MAX_INSTANCES)) };
    } catch (error) {
      // A kind that may not be listed, or whose conversion fails, is only not counted.
      if (isOfCluster(error)) return undefined;
      throw error;
    }
  });
  const known = read.filter((entry) => entry !== undefined);
  return {
    objects: new Map(known.map(({ name, items }) => [name, items])),
    counts: new Map(
      known.map(({ name, items, more }) => [
        name,
        {
          count: items.length,
          namespaces: new Set(items.flatMap(({ metadata }) => metadata.namespace ?? [])).size,
          more,
        },
      ]),
    ),
  };
}

interface Wanted {
  ref: ResourceRef;
  name: string;
  namespace?: string;
}

/** Those of some objects that exist; undefined when one of them can't be read. */
async function existing(
  { kube }: Context,
  wanted: readonly Wanted[],
  partial: Unread,
): Promise<KubeObject[] | undefined> {
  let refused: KubeError | ConnectionError | undefined;
  const found = await inTurns(wanted, async ({ ref, name, namespace }): Promise<KubeObject | undefined> => {
    if (refused) return undefined;
    try {
      return await kube.get<KubeObject>(ref, name, { namespace });
    } catch (error) {
      if (!isOfCluster(error)) throw error;
      if (!(error instanceof KubeError) || error.status !== 404) refused ??= error;
      return undefined;
    }
  });
  if (refused) {
    noteUnread(refused, partial);
    return undefined;
  }
  return found.filter((object) => object !== undefined);
}

/** How the API server serves a kind: the stored version where that is served, so that nothing is converted. */
function servedAs(definition: unknown): ResourceRef | undefined {
  const spec = field(definition, 'spec');
  const served = list(field(spec, 'versions'), record).filter((version) => version.served === true);
  const version = served.find(({ storage }) => storage === true) ?? served[0];
  const ref = {
    group: text(field(spec, 'group'), 253),
    version: text(field(version, 'name'), 63),
    resource: text(field(field(spec, 'names'), 'plural'), 253),
  };
  return ref.group && ref.version && ref.resource ? ref : undefined;
}
