import type { OperatorRef } from '@/lib/operators/contract';

const segments = (...parts: string[]) => parts.map((part) => `/${encodeURIComponent(part)}`).join('');

function operator(cluster: string, ref: OperatorRef): string {
  return `${addresses.operatorHub(cluster)}${segments(ref.catalogNamespace, ref.catalog, ref.name)}`;
}

/** Every address of the console, as the design's contract lists them. Names are percent-encoded. */
export const addresses = {
  home: '/',
  clusters: '/clusters',
  approvals: '/approvals',
  packages: '/packages',
  /** The tool for the command line, and its checksum as `sha256sum -c` reads it. */
  tool: '/api/packages/tool/violet.mjs',
  toolChecksum: '/api/packages/tool/violet.mjs.sha256',
  login: (next?: string) => (next && next !== '/' ? `/login?next=${encodeURIComponent(next)}` : '/login'),
  /** Signs in to one more cluster, where each judges its own tokens. */
  loginTo: (cluster: string, next: string) => `/login?${new URLSearchParams({ cluster, next })}`,
  cluster: (cluster: string) => `/clusters${segments(cluster)}`,
  clusterTab: (cluster: string, tab: string) => `/clusters${segments(cluster)}?tab=${tab}`,
  operatorHub: (cluster: string) => `/clusters${segments(cluster)}/operatorhub`,
  operators: (cluster: string) => `/clusters${segments(cluster)}/operators`,
  plugins: (cluster: string) => `/clusters${segments(cluster)}/plugins`,
  plugin: (cluster: string, name: string) => `/clusters${segments(cluster)}/plugins${segments(name)}`,
  pluginTab: (cluster: string, name: string, tab: string) =>
    `/clusters${segments(cluster)}/plugins${segments(name)}?tab=${tab}`,
  pluginInstall: (cluster: string, name: string, version?: string) =>
    `/clusters${segments(cluster)}/plugins${segments(name)}/install${version ? `?${new URLSearchParams({ version })}` : ''}`,
  pluginIcon: (cluster: string, name: string) =>
    `/api/clusters${segments(cluster)}/plugins${segments(name)}/icon`,
  clusterApprovals: (cluster: string) => `/clusters${segments(cluster)}/approvals`,
  plan: (cluster: string, namespace: string, name: string) =>
    `/clusters${segments(cluster)}/approvals${segments(namespace, name)}`,
  operator,
  operatorTab: (cluster: string, ref: OperatorRef, tab: string) => `${operator(cluster, ref)}?tab=${tab}`,
  install: (cluster: string, ref: OperatorRef) => `${operator(cluster, ref)}/install`,
  progress: (cluster: string, ref: OperatorRef, subscription: { namespace: string; name: string }) =>
    `${operator(cluster, ref)}/progress?${new URLSearchParams({ namespace: subscription.namespace, name: subscription.name })}`,
  uninstall: (cluster: string, ref: OperatorRef, subscription: { namespace: string; name: string }) =>
    `${operator(cluster, ref)}/uninstall?${new URLSearchParams({ namespace: subscription.namespace, name: subscription.name })}`,
  /** @param namespace where the user may read packages, when not in the catalog's own */
  icon: (cluster: string, ref: OperatorRef, namespace?: string) =>
    `/api/clusters${segments(cluster)}/operators${segments(ref.catalogNamespace, ref.catalog, ref.name)}/icon${namespace ? `?${new URLSearchParams({ namespace })}` : ''}`,
};

/**
 * The decoded text of one segment of an address; Next.js hands segments to pages as they were sent.
 * Returns the segment itself when it is not valid percent-encoding, so that a look-up fails, not the page.
 */
export function segmentText(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** The same page on another cluster; a plan exists on one cluster only, so its list is shown instead. */
export function onCluster(pathname: string, cluster: string): string {
  const [, root, current, ...rest] = pathname.split('/');
  if (root !== 'clusters' || !current) {
    return root === 'approvals' ? addresses.clusterApprovals(cluster) : addresses.cluster(cluster);
  }
  const kept =
    rest[0] === 'approvals'
      ? ['approvals']
      : rest.filter((part) => part !== 'progress' && part !== 'uninstall');
  return [addresses.cluster(cluster), ...kept].join('/');
}
