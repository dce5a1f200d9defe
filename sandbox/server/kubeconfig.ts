import { stringify } from 'yaml';

/**
 * A kubeconfig with one context per cluster, all of one user; the current one is `global`.
 * @param url where the platform is reached, without a path
 */
export function kubeconfig({
  url,
  ca,
  token,
  user,
  clusters,
}: {
  url: string;
  ca: string;
  token: string;
  user: string;
  clusters: readonly string[];
}): string {
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'global',
    clusters: clusters.map((name) => ({
      name,
      cluster: {
        server: `${url}/kubernetes/${name}`,
        'certificate-authority-data': Buffer.from(ca).toString('base64'),
      },
    })),
    contexts: clusters.map((name) => ({ name, context: { cluster: name, user } })),
    users: [{ name: user, user: { token } }],
  });
}
