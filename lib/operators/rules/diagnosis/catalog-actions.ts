import type { SubscriptionObject } from '../objects';
import { field, list, text } from '../untrusted';
import { type Action, lead } from './action';
import type { Cause } from './cause';
import type { DiagnosisFacts, Surroundings } from './facts';
import { channelsOf } from './offer';

/** OLM makes the pod of a catalog anew; a dead catalog of others stands in the way of every resolution. */
export function catalogActions(
  { catalog, catalogNamespace, own }: Extract<Cause, { id: 'catalogDead' }>,
  { catalogSources, pods }: Surroundings,
): Action[] {
  const restarts = (pods ?? [])
    .filter(
      ({ metadata }) =>
        metadata.namespace === catalogNamespace && metadata.labels?.['olm.catalogSource'] === catalog,
    )
    .map(({ metadata }) => ({
      verb: 'delete' as const,
      kind: 'Pod' as const,
      namespace: catalogNamespace,
      name: metadata.name,
      uid: metadata.uid,
    }));
  const values = { catalog, catalogNamespace };
  const restart: Action[] =
    restarts.length > 0
      ? [{ id: 'restartCatalog', safe: true, target: catalog, values, writes: restarts.slice(0, 10) }]
      : [];
  const source = catalogSources?.find(
    ({ metadata }) => metadata.name === catalog && metadata.namespace === catalogNamespace,
  )?.metadata;
  if (own || !source) return restart;
  const { name, uid } = source;
  return [
    ...restart,
    {
      id: 'deleteCatalog',
      safe: false,
      target: catalog,
      values,
      writes: [{ verb: 'delete', kind: 'CatalogSource', namespace: catalogNamespace, name, uid }],
    },
  ];
}

/** Other catalogs that have the package. */
export function packageActions(facts: Surroundings | DiagnosisFacts): Action[] {
  if (!('subscription' in facts)) return [];
  const { subscription, offers } = facts;
  const { source, sourceNamespace } = subscription.spec;
  return (offers ?? []).flatMap((manifest): Action[] => {
    const status = field(manifest, 'status');
    const catalog = text(field(status, 'catalogSource'), 253);
    const catalogNamespace = text(field(status, 'catalogSourceNamespace'), 253);
    if (!catalog || (catalog === source && catalogNamespace === sourceNamespace)) return [];
    const channel = fittingChannel(manifest, subscription.spec.channel);
    if (!channel) return [];
    return [
      {
        id: 'changeCatalog',
        safe: false,
        target: `${catalogNamespace}/${catalog}`,
        values: { catalog, catalogNamespace, channel },
        writes: [
          change(subscription, {
            source: catalog,
            sourceNamespace: catalogNamespace,
            channel,
            ...startingVersion(subscription, manifest, channel),
          }),
        ],
      },
    ];
  });
}

/** A channel that the package has, or its newest version in place of one that is gone. */
export function channelActions(
  cause: Extract<Cause, { id: 'channelNotFound' | 'versionNotFound' }>,
  facts: Surroundings | DiagnosisFacts,
): Action[] {
  if (!('subscription' in facts)) return [];
  const { subscription, packageManifest } = facts;
  if (cause.id === 'versionNotFound') {
    return [
      {
        id: 'dropStartingVersion',
        safe: true,
        target: cause.channel,
        values: { channel: cause.channel },
        writes: [change(subscription, { startingCSV: null })],
      },
    ];
  }
  const channel = fittingChannel(packageManifest, undefined);
  if (!channel) return [lead('uninstall', {}, false)];
  return [
    {
      id: 'changeChannel',
      safe: true,
      target: channel,
      values: { channel },
      writes: [change(subscription, { channel, ...startingVersion(subscription, packageManifest, channel) })],
    },
  ];
}

/** The wanted channel where the package has it, else its default one, else its first. */
function fittingChannel(manifest: unknown, wanted: string | undefined): string | undefined {
  const names = channelsOf(manifest).map((channel) => text(field(channel, 'name'), 253));
  const byDefault = text(field(field(manifest, 'status'), 'defaultChannel'), 253);
  return [wanted, byDefault, names[0]].find((name) => name && names.includes(name));
}

/** A version that the channel does not have would only be the next thing to be stuck on. */
function startingVersion(
  { spec }: SubscriptionObject,
  manifest: unknown,
  channel: string,
): Record<string, null> {
  const found = channelsOf(manifest).find((it) => field(it, 'name') === channel);
  const versions = list(field(found, 'entries'), (entry) => text(field(entry, 'name'), 253), 1000);
  return spec.startingCSV && !versions.includes(spec.startingCSV) ? { startingCSV: null } : {};
}

function change({ metadata }: SubscriptionObject, spec: Record<string, string | null>) {
  const { namespace = '', name, uid } = metadata;
  return {
    verb: 'patch' as const,
    kind: 'Subscription' as const,
    namespace,
    name,
    patch: { metadata: { uid }, spec },
  };
}
