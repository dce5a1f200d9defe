import { field, list, text } from '../untrusted';
import type { Cause } from './cause';
import { conditionOf, isOlder, type Scene } from './facts';

/**
 * What OLM thinks of a catalog. It lists every one that it looks at for the Subscription in `status.catalogHealth`, those
 * that the user may not read among them.
 */
export function healthOf(
  { subscription }: Scene,
  catalog: string,
  catalogNamespace: string,
): boolean | undefined {
  const entries = list(field(subscription.status, 'catalogHealth'), (entry) => entry, 500);
  const found = entries.find((entry) => {
    const reference = field(entry, 'catalogSourceRef');
    return field(reference, 'name') === catalog && field(reference, 'namespace') === catalogNamespace;
  });
  return found === undefined ? undefined : field(found, 'healthy') === true;
}

/**
 * Whether OLM does not find a catalog which is there. It looks in the namespace of the Subscription and in the one of
 * global catalogs only.
 */
export function isElsewhere(
  { subscription, facts }: Scene,
  catalog: string,
  catalogNamespace: string,
): boolean {
  const condition = conditionOf(subscription, 'CatalogSourcesUnhealthy');
  if (!condition?.message?.includes(`${catalogNamespace}/${catalog} missing`)) return false;
  const found = facts.catalogSources?.find(
    ({ metadata }) => metadata.name === catalog && metadata.namespace === catalogNamespace,
  );
  // A new catalog is looked for again in a moment.
  return found !== undefined && isOlder(found.metadata.creationTimestamp, facts.now);
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
