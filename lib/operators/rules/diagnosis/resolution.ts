import { isCopied } from '../objects';
import { field, list, text } from '../untrusted';
import type { Cause } from './cause';
import { conditionOf, type Finding, type Scene, witness, wordsOf } from './facts';

// OLM's resolver puts these sentences, separated by commas, into the message of the condition ResolutionFailed. It
// writes the same message on every Subscription of the namespace.
const NAME = '([^\\s,]{1,300})';
const subscribedBy = `referenced by subscription ${NAME}`;
const noCatalog = new RegExp(
  `no operators found from catalog ${NAME} in namespace ${NAME} ${subscribedBy}`,
  'g',
);
const noPackage = new RegExp(`no operators found in package ${NAME} in the catalog ${subscribedBy}`, 'g');
const noChannel = new RegExp(
  `no operators found in channel ${NAME} of package ${NAME} in the catalog ${subscribedBy}`,
  'g',
);
const noVersion = new RegExp(
  `no operators found with name ${NAME} in channel ${NAME} of package ${NAME} in the catalog ${subscribedBy}`,
  'g',
);
const needsPackage = new RegExp(
  `bundle ${NAME} requires an operator with package: ${NAME} and with version in range: ([^,]{1,100})`,
);
const needsApi = new RegExp(
  `bundle ${NAME} requires an operator providing an API with group: ${NAME}, version: ${NAME}, kind: ${NAME}`,
);
const noCandidates = new RegExp(`${NAME} has a dependency without any candidates to satisfy it`);
const unreferenced = new RegExp(
  `clusterserviceversion ${NAME} exists and is not referenced by a subscription`,
);
const brokenCatalog = /error using catalogsource ([^\s,/]{1,253})\/([^\s,:]{1,253})/;

/** What the condition `ResolutionFailed` of a Subscription means. */
export function resolutionFinding(scene: Scene): Finding | undefined {
  const { subscription } = scene;
  const condition = conditionOf(subscription, 'ResolutionFailed');
  if (!condition) return undefined;
  const message = (condition.message ?? '').slice(0, 20_000);
  return {
    cause: causeOf(scene, message),
    says: witness(subscription, 'status.conditions[ResolutionFailed]'),
    since: condition.lastTransitionTime,
    detail: wordsOf(message),
  };
}

function causeOf(scene: Scene, message: string): Cause {
  const dead = brokenCatalog.exec(message);
  if (dead?.[1] && dead[2]) return deadCatalog(scene, dead[1], dead[2]);
  const found = sentences(scene, message);
  const other = concernsOther(scene, message);
  const own = found.find(({ subscription }) => subscription === scene.subscription.metadata.name);
  const nobodys = found.find(({ subscription }) => subscription === undefined);
  if (own) return own.cause;
  if (nobodys && !other) return nobodys.cause;
  const holding = other ?? found[0]?.subscription;
  if (!holding) return { id: 'resolutionConflict' };
  const cause = found.find(({ subscription }) => subscription === holding) ?? nobodys;
  return {
    id: 'heldUpBySubscription',
    subscription: holding,
    cause: cause?.cause.id ?? 'resolutionConflict',
  };
}

/** Another Subscription of the namespace, when the message speaks of it and not of this one. */
function concernsOther({ facts, subscription }: Scene, message: string): string | undefined {
  const mentions = (name: string) => message.includes(`subscription ${name} `);
  if (mentions(subscription.metadata.name)) return undefined;
  return facts.subscriptionsInNamespace?.map(({ metadata }) => metadata.name).find(mentions);
}

interface Sentence {
  cause: Cause;
  /** The Subscription that it names. */
  subscription?: string;
}

function sentences(scene: Scene, message: string): Sentence[] {
  const found: Sentence[] = [];
  for (const [, catalog = '', catalogNamespace = '', subscription] of message.matchAll(noCatalog)) {
    found.push({ cause: { id: 'catalogMissing', catalog, catalogNamespace }, subscription });
  }
  for (const [, version = '', channel = '', name = '', subscription] of message.matchAll(noVersion)) {
    found.push({ cause: versionNotFound(scene, version, channel, name), subscription });
  }
  for (const [, channel = '', name = '', subscription] of message.matchAll(noChannel)) {
    found.push({ cause: channelNotFound(scene, channel, name), subscription });
  }
  for (const [, name = '', subscription] of message.matchAll(noPackage)) {
    const catalog = scene.subscription.spec.source;
    found.push({ cause: { id: 'packageNotFound', package: name, catalog }, subscription });
  }
  const needs = dependency(message);
  if (needs) found.push({ cause: needs });
  const orphan = unreferenced.exec(message)?.[1];
  if (orphan && exists(scene, orphan)) {
    found.push({ cause: { id: 'orphanClusterServiceVersion', clusterServiceVersion: orphan } });
  }
  return found;
}

function dependency(message: string): Cause | undefined {
  const byPackage = needsPackage.exec(message);
  if (byPackage?.[1]) {
    return {
      id: 'dependencyNotFound',
      operator: byPackage[1],
      needs: `${byPackage[2]} ${byPackage[3]}`.trim(),
    };
  }
  const byApi = needsApi.exec(message);
  if (byApi?.[1]) {
    return { id: 'dependencyNotFound', operator: byApi[1], needs: `${byApi[4]} (${byApi[2]}/${byApi[3]})` };
  }
  const operator = noCandidates.exec(message)?.[1];
  return operator
    ? { id: 'dependencyNotFound', operator: operator.split('/').at(-1) ?? operator, needs: '' }
    : undefined;
}

/** A message may be older than the deletion of what it complains about. */
function exists({ facts, namespace }: Scene, name: string): boolean {
  if (facts.clusterServiceVersions === undefined) return true;
  return facts.clusterServiceVersions.some(
    (version) =>
      version.metadata.namespace === namespace && version.metadata.name === name && !isCopied(version),
  );
}

/** The cause for a catalog that does not answer. */
export function deadCatalog(
  { subscription, facts }: Scene,
  catalogNamespace: string,
  catalog: string,
): Cause {
  const source = facts.catalogSources?.find(
    ({ metadata }) => metadata.name === catalog && metadata.namespace === catalogNamespace,
  );
  const unhealthy = conditionOf(subscription, 'CatalogSourcesUnhealthy');
  return {
    id: 'catalogDead',
    catalog,
    catalogNamespace,
    state: text(source?.status?.connectionState?.lastObservedState, 100) || undefined,
    calledHealthy: !unhealthy,
    own: subscription.spec.source === catalog && subscription.spec.sourceNamespace === catalogNamespace,
  };
}

export function channelNotFound({ facts }: Scene, channel: string, name: string): Cause {
  const channels = channelsOf(facts.packageManifest).map((it) => text(field(it, 'name'), 253));
  return { id: 'channelNotFound', package: name, channel, channels: channels.slice(0, 50) };
}

export function versionNotFound({ facts }: Scene, version: string, channel: string, name: string): Cause {
  const found = channelsOf(facts.packageManifest).find((it) => field(it, 'name') === channel);
  const versions = list(field(found, 'entries'), (entry) => text(field(entry, 'name'), 253), 50);
  return { id: 'versionNotFound', package: name, channel, version, versions };
}

export function channelsOf(packageManifest: unknown): unknown[] {
  return list(field(field(packageManifest, 'status'), 'channels'), (channel) => channel, 200);
}
