import 'server-only';
import type { Context } from '@/lib/kube/context';
import { ProblemError } from '@/lib/kube/problem';
import type { OperatorRef } from '../contract';
import { subscribes } from '../rules/catalogue-status';
import type { SubscriptionObject } from '../rules/objects';

/** @throws ProblemError `not-found` when a Subscription is of another package, or of the same of another catalog */
export function refuseForeignSubscription(
  context: Context,
  ref: OperatorRef,
  { metadata, spec }: SubscriptionObject,
): void {
  const { name, source: catalog, sourceNamespace: catalogNamespace } = spec;
  if (subscribes({ package: name, catalog, catalogNamespace }, ref)) return;
  throw new ProblemError(
    'not-found',
    `Subscription "${metadata.name}" in namespace "${metadata.namespace}" is of package "${name}" of catalog "${catalogNamespace}/${catalog}", not of "${ref.name}" of "${ref.catalogNamespace}/${ref.catalog}".`,
    {
      cluster: context.cluster.name,
      verb: 'get',
      resource: 'subscriptions.operators.coreos.com',
      namespace: metadata.namespace,
      name: metadata.name,
    },
  );
}
