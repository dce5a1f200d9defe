import 'server-only';
import type { Context } from '@/lib/kube/context';
import { KubeError } from '@/lib/kube/errors';
import { ProblemError } from '@/lib/kube/problem';
import type { OperatorRef } from '../contract';
import { packageManifests } from './refs';

const allowedTypes = ['image/svg+xml', 'image/png', 'image/jpeg', 'image/gif', 'image/webp'];
const MAX_BYTES = 1024 * 1024;

/**
 * The icon of an operator's default channel, as the packageserver serves it.
 * @param within as for `findPackage`: a namespace in which the user may read packages
 * @throws ProblemError `not-found` when there is none, or none that a page may show
 */
export async function getOperatorIcon(
  context: Context,
  { catalogNamespace, catalog, name }: OperatorRef,
  { namespace: within }: { namespace?: string } = {},
): Promise<{ contentType: string; body: Buffer }> {
  const iconIn = (namespace: string) =>
    context.kube.bytes(packageManifests, name, 'icon', {
      namespace,
      query: { catalog, 'catalog-namespace': catalogNamespace },
      maxBytes: MAX_BYTES,
    });
  const icon = await iconIn(catalogNamespace).catch((error) => {
    if (within && error instanceof KubeError && error.status === 403) return iconIn(within);
    throw error;
  });
  const contentType = icon.contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  if (!allowedTypes.includes(contentType) || icon.body.length === 0) {
    throw new ProblemError('not-found', `"${name}" has no icon of a type that is shown here.`, {
      cluster: context.cluster.name,
      verb: 'get',
      resource: 'packagemanifests/icon',
      name,
    });
  }
  return { contentType, body: icon.body };
}
