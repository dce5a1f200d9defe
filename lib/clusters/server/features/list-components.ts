import 'server-only';
import type { GlobalContext, PlatformContext } from '@/lib/kube/context';
import { KubeError } from '@/lib/kube/errors';
import type { Unread } from '@/lib/operators/contract';
import { readInstalledOperators } from '@/lib/operators/server/list-installed-operators';
import { readPlugins } from '@/lib/plugins/server/read-plugins';
import type { Component, ComponentList, FeaturesQuery } from '../../features-contract';
import { blocked } from '../../rules/features/component';
import { deadCatalogsOf, operatorComponents } from '../../rules/features/operator-components';
import { pluginComponents } from '../../rules/features/plugin-components';
import { mayPatchPlans, mayPatchPlugins } from './permissions';

/**
 * What is installed on a cluster, or in one namespace of it, and which of it can be upgraded at once: operators
 * provided by Alauda with a waiting upgrade, Aligned and Agnostic plugins with a newer version. The others carry the
 * reason why they can't. Plugins belong to the whole cluster: a user who asks for one namespace gets none.
 * @throws KubeError when operators are asked for and the user may not list Subscriptions
 */
export async function listComponents(
  context: PlatformContext,
  { namespace, kind }: FeaturesQuery = {},
): Promise<ComponentList> {
  const partial: Unread = [];
  const [operators, plugins] = await Promise.all([
    kind === 'plugin' ? noOperators : readOperators(context, namespace, partial),
    namespace || kind === 'operator' ? [] : readPluginComponents(context, partial),
  ]);
  const items = [...operators.items, ...plugins].sort(
    (a, b) =>
      a.displayName.en.localeCompare(b.displayName.en, 'en') ||
      (a.namespace ?? '').localeCompare(b.namespace ?? ''),
  );
  return { items, deadCatalogs: operators.deadCatalogs, partial };
}

const noOperators: Pick<ComponentList, 'items' | 'deadCatalogs'> = { items: [], deadCatalogs: [] };

async function readOperators(
  context: PlatformContext,
  namespace: string | undefined,
  partial: Unread,
): Promise<Pick<ComponentList, 'items' | 'deadCatalogs'>> {
  const installed = await readInstalledOperators(context, { namespace }).catch((error: unknown) => {
    // A cluster without OLM may still have plugins.
    if (!(error instanceof KubeError) || error.status !== 404) throw error;
    return undefined;
  });
  if (!installed) return noOperators;
  partial.push(...installed.partial);
  const components = operatorComponents(installed.items, installed.facts);
  const wanted = components.filter(({ selectable }) => selectable).map((one) => one.namespace ?? '');
  const denied = await mayPatchPlans(context, [...new Set(wanted)]);
  return {
    items: components.map((component) =>
      withPermission(component, denied.get(component.namespace ?? ''), context),
    ),
    deadCatalogs: deadCatalogsOf(installed.facts),
  };
}

async function readPluginComponents(context: PlatformContext, partial: Unread): Promise<Component[]> {
  const { global } = context;
  const resource = 'moduleinfoes.cluster.alauda.io';
  if (!global) {
    partial.push({
      resource,
      reason: 'Cluster plugins are kept on the global cluster, which is closed to you.',
    });
    return [];
  }
  try {
    const opened: GlobalContext = { ...context, global };
    const world = await readPlugins(opened);
    partial.push(...world.partial);
    const components = pluginComponents(world.entries.values(), world.cluster);
    const allowed = components.every(({ selectable }) => !selectable) || (await mayPatchPlugins(opened));
    const denied = allowed ? undefined : { verb: 'patch', resource, cluster: global.cluster };
    return components.map((component) => withPermission(component, denied, context));
  } catch (error) {
    if (!(error instanceof KubeError) || error.status !== 403) throw error;
    partial.push({ resource: error.place.resource, reason: error.message });
    return [];
  }
}

function withPermission(
  { selectable, ...component }: Component,
  denied: Record<string, string> | undefined,
  { cluster }: PlatformContext,
): Component {
  if (!selectable || !denied) return { selectable, ...component };
  return blocked(component, { code: 'permission', values: { cluster: cluster.name, ...denied } });
}

/**
 * The components that a run is about: of the whole cluster, or of some namespaces for a user who may not read more.
 * Operators are read only where it is about one.
 * @throws KubeError when the user may read none of them
 */
export async function readComponents(
  context: PlatformContext,
  wanted: Iterable<Pick<Component, 'kind' | 'namespace'>>,
): Promise<Component[]> {
  const all = [...wanted];
  const namespaces = [...new Set(all.flatMap(({ namespace }) => namespace ?? []))];
  const kind = all.every((one) => one.kind === 'plugin') ? 'plugin' : undefined;
  try {
    return (await listComponents(context, { kind })).items;
  } catch (error) {
    if (!(error instanceof KubeError) || error.status !== 403) throw error;
    const lists = await Promise.all(
      namespaces.map((namespace) =>
        listComponents(context, { namespace }).catch((refused: unknown) => {
          if (refused instanceof KubeError && refused.status === 403) return undefined;
          throw refused;
        }),
      ),
    );
    const readable = lists.filter((list) => list !== undefined);
    if (readable.length === 0) throw error;
    return readable.flatMap(({ items }) => items);
  }
}
