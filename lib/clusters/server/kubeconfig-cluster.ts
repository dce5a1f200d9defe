import 'server-only';
import { readFileSync } from 'node:fs';
import type { Cluster } from '@kubernetes/client-node';

/** How a kubeconfig's cluster is known to be itself, as TLS options. @throws what reading its CA file throws */
export function clusterTls({
  caData,
  caFile,
  tlsServerName,
  skipTLSVerify,
}: Cluster): Record<string, unknown> {
  const ca = caData ? Buffer.from(caData, 'base64').toString('utf8') : caFile && readFileSync(caFile, 'utf8');
  return {
    ...(ca ? { ca } : {}),
    ...(tlsServerName ? { servername: tlsServerName } : {}),
    ...(skipTLSVerify ? { rejectUnauthorized: false } : {}),
  };
}
