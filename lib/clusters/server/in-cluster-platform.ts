import 'server-only';
import { readFileSync } from 'node:fs';
import { clusterAgent } from '@/lib/kube/endpoint';
import type { Platform } from './platform';

const NAME = 'in-cluster';
const CA_FILE = '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt';

/**
 * The cluster whose pod the console runs in. The pod's own ServiceAccount is not used: every request
 * carries the signed-in user's token.
 */
export function inClusterPlatform(): Platform {
  const host = process.env.KUBERNETES_SERVICE_HOST ?? '';
  const port = process.env.KUBERNETES_SERVICE_PORT ?? '443';
  const endpoint = {
    name: NAME,
    baseUrl: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
    dispatcher: clusterAgent({ tls: () => ({ ca: readFileSync(CA_FILE, 'utf8') }) }),
  };
  return {
    kind: 'in-cluster',
    title: NAME,
    async signInCluster(name = NAME) {
      return name === NAME ? { scope: NAME, endpoint } : undefined;
    },
    async clusters() {
      return [{ name: NAME, displayName: NAME, global: true, labels: {}, scope: NAME, endpoint }];
    },
  };
}
