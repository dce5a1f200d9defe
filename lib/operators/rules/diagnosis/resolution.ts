import { isCopied } from '../objects';
import { deadCatalog, healthOf, isElsewhere } from './catalog-health';
import type { Cause } from './cause';
import { conditionOf, type Finding, type Scene, witness, wordsOf } from './facts';
import { channelNotFound, offerTrouble, versionNotFound } from './offer';

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
// Older versions do not say which of them does not fit.
const noMatch = new RegExp(`no operators found matching the criteria of subscription ${NAME}`, 'g');
const needsPackage = new RegExp(
  `bundle ${NAME} requires an operator with package: ${NAME} and with version in range: ([^,]{1,100})`,
);
const needsApi = new RegExp(
  `bundle ${NAME} requires an operator providing an API with group: ${NAME}, version: ${NAME}, kind: ${NAME}`,
);
const needsOther = new RegExp(`bundle ${NAME} requires an operator (with [^,]{1,200})`);
const noCandidates = new RegExp(`${NAME} has a dependency without any candidates to satisfy it`);
const unreferenced = new RegExp(
  `clusterserviceversion ${NAME} exists and is not referenced by a subscription`,
  'g',
);
const brokenCatalog = /error using catalogsource ([^\s,/]{1,253})\/([^\s,:\]]{1,253})/g;
// Older versions put the name before the namespace.
const brokenSource =
  /(?:failed to populate resolver cache from source ([^\s,/]{1,253})\/|error using catalog ([^\s,/]{1,253}) \(in namespace )([^\s,:\])]{1,253})/g;
// The catalog answers, and the versions of a channel in it do not follow one another.
const brokenChannel = /in channel "?[^\s,"]{1,253}"? of package "?([^\s,":]{1,253})"?(?:: |, |\]|$)/;
const exclusion = / (?:originate from package|provide|conflicts with|permits at most) /;

/** What the condition `ResolutionFailed` of a Subscription means. */
export function resolutionFinding(scene: Scene): Finding | undefined {
  const { subscription } = scene;
  const condition = conditionOf(subscription, 'ResolutionFailed');
  if (!condition) return undefined;
  const message = (condition.message ?? '').slice(0, 20_000);
  return {
    cause: causeOf(scene, message, condition.reason),
    says: witness(subscription, 'status.conditions[ResolutionFailed]'),
    since: condition.lastTransitionTime,
    detail: wordsOf(message),
  };
}

function causeOf(scene: Scene, message: string, reason: string | undefined): Cause {
  const dead = brokenCatalogs(scene, message);
  if (dead) return dead;
  const found = sentences(scene, message);
  const other = concernsOther(scene, message);
  const own = found.find(({ subscription }) => subscription === scene.subscription.metadata.name);
  const nobodys = found.find(({ subscription }) => subscription === undefined);
  if (own) return own.cause;
  if (nobodys && !other) return nobodys.cause;
  const holding = other ?? found[0]?.subscription;
  if (!holding) {
    const ofPackage = brokenChannel.exec(message)?.[1];
    const owner = scene.facts.subscriptionsInNamespace?.find(({ spec }) => spec.name === ofPackage);
    if (owner && ofPackage !== scene.subscription.spec.name) {
      const subscription = owner.metadata.name;
      return { id: 'heldUpBySubscription', subscription, cause: 'resolutionConflict' };
    }
    // An error that nobody knows says nothing of versions: OLM tries again, and its words are shown.
    const excluded =
      reason !== 'ErrorPreventedResolution' || ofPackage || message.includes('constraints not satisfiable');
    return excluded ? { id: 'resolutionConflict' } : { id: 'slow', stage: 'resolving', overdue: false };
  }
  const cause = found.find(({ subscription }) => subscription === holding) ?? nobodys;
  return {
    id: 'heldUpBySubscription',
    subscription: holding,
    cause: cause?.cause.id ?? 'resolutionConflict',
  };
}

/** OLM names every catalog that it could not ask: the Subscription's own matters most. */
function brokenCatalogs(scene: Scene, message: string): Cause | undefined {
  const { source, sourceNamespace } = scene.subscription.spec;
  const named = [
    ...[...message.matchAll(brokenCatalog)].map(([, namespace = '', name = '']) => ({ namespace, name })),
    ...[...message.matchAll(brokenSource)].map(([, old, name, namespace = '']) => ({
      namespace,
      name: old ?? name ?? '',
    })),
  ];
  const own = named.find(({ namespace, name }) => name === source && namespace === sourceNamespace);
  const first = own ?? named[0];
  return first && deadCatalog(scene, first.namespace, first.name);
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
    found.push({ cause: emptyCatalog(scene, catalog, catalogNamespace), subscription });
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
  for (const [, subscription] of message.matchAll(noMatch)) {
    const cause = subscription === scene.subscription.metadata.name ? offerTrouble(scene) : undefined;
    found.push({ cause: cause ?? { id: 'resolutionConflict' }, subscription });
  }
  const cause = needsOrExcluded(scene, message);
  return cause ? [...found, { cause }] : found;
}

/**
 * What a version needs is told in the same words whether no catalog offers it or only nothing that fits beside the
 * rest; what excludes each other is told in a sentence of its own.
 */
function needsOrExcluded(scene: Scene, message: string): Cause | undefined {
  const excluded = exclusion.test(message);
  const orphan = orphans(scene, message).find(
    (name) => !excluded || [' ', ','].some((end) => message.includes(`//${name}${end}`)),
  );
  const needs = excluded ? undefined : dependency(message);
  if (needs) return needs;
  if (orphan) return { id: 'orphanClusterServiceVersion', clusterServiceVersion: orphan };
  return excluded ? { id: 'resolutionConflict' } : undefined;
}

/** What OLM says of a catalog that is not there, of one that it can't reach yet, and of an empty one. */
function emptyCatalog(scene: Scene, catalog: string, catalogNamespace: string): Cause {
  const { catalogSources } = scene.facts;
  const source = catalogSources?.find(
    ({ metadata }) => metadata.name === catalog && metadata.namespace === catalogNamespace,
  );
  const listed = catalogSources === undefined && healthOf(scene, catalog, catalogNamespace) !== undefined;
  if (!source && !listed) return { id: 'catalogMissing', catalog, catalogNamespace };
  if (isElsewhere(scene, catalog, catalogNamespace)) {
    return { id: 'catalogMissing', catalog, catalogNamespace, elsewhere: true };
  }
  return source?.status?.connectionState?.lastObservedState === 'READY'
    ? { id: 'packageNotFound', package: scene.subscription.spec.name, catalog }
    : deadCatalog(scene, catalogNamespace, catalog);
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
  const byOther = needsOther.exec(message);
  if (byOther?.[1]) {
    return {
      id: 'dependencyNotFound',
      operator: byOther[1],
      needs: (byOther[2] ?? '').replace(/^with /, ''),
    };
  }
  const operator = noCandidates.exec(message)?.[1];
  return operator
    ? { id: 'dependencyNotFound', operator: operator.split('/').at(-1) ?? operator, needs: '' }
    : undefined;
}

/** ClusterServiceVersions without a Subscription. A message may be older than the deletion of what it complains about. */
function orphans({ facts, namespace }: Scene, message: string): string[] {
  const named = [...message.matchAll(unreferenced)].flatMap(([, name]) => name ?? []);
  const { clusterServiceVersions } = facts;
  if (clusterServiceVersions === undefined) return named;
  return named.filter((name) =>
    clusterServiceVersions.some(
      (version) =>
        version.metadata.namespace === namespace && version.metadata.name === name && !isCopied(version),
    ),
  );
}
