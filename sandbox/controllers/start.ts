import type { ClusterRuntime } from '../cluster-runtime.ts';
import { runClusterRoles } from './cluster-roles.ts';
import { runCustomResources } from './custom-resources.ts';
import { runDeployments } from './deployments.ts';
import { runEventExpiry } from './event-expiry.ts';
import { runGarbageCollector } from './garbage-collector.ts';
import { runJobs } from './jobs.ts';
import { runNamespaces } from './namespaces.ts';
import { runPods } from './pods.ts';
import { runReplicaSets } from './replica-sets.ts';
import { runResourceQuotas } from './resource-quotas.ts';
import { runWebhooks } from './webhooks.ts';

/** Starts Kubernetes' own controllers on a cluster, all of them clients of its API. */
export function startControllers(cluster: ClusterRuntime): void {
  runClusterRoles(cluster);
  runNamespaces(cluster);
  runGarbageCollector(cluster);
  runCustomResources(cluster);
  runDeployments(cluster);
  runReplicaSets(cluster);
  runJobs(cluster);
  runPods(cluster);
  runResourceQuotas(cluster);
  runWebhooks(cluster);
  runEventExpiry(cluster);
}
