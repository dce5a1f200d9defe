import { hasReason } from '../../client/status-error.ts';
import type { KubeObject } from '../../client/types.ts';
import type {
  ClusterServiceVersion,
  Condition,
  DeploymentConfig,
  PodTemplate,
  StrategyDeployment,
} from '../api.ts';
import { ownerLabels, ownerReference } from '../catalog-operator/rbac.ts';
import type { OlmContext } from '../context.ts';
import { refs } from '../refs.ts';
import { hashOf } from '../text.ts';

interface Deployment extends KubeObject {
  spec: { replicas?: number; template: PodTemplate; [key: string]: unknown };
  status?: {
    observedGeneration?: number;
    replicas?: number;
    updatedReplicas?: number;
    availableReplicas?: number;
    conditions?: Condition[];
  };
}

/** The Deployment that a CSV's strategy asks for, with what OLM adds: owner, annotations, environment, configuration. */
export function deploymentFor(
  csv: ClusterServiceVersion,
  wanted: StrategyDeployment,
  config: DeploymentConfig | undefined,
): Deployment {
  const namespace = csv.metadata.namespace ?? '';
  const template = configured(wanted.spec.template, config);
  const spec = {
    ...wanted.spec,
    revisionHistoryLimit: 1,
    template: {
      ...template,
      metadata: {
        ...template.metadata,
        annotations: {
          ...csv.metadata.annotations,
          ...template.metadata?.annotations,
          ...config?.annotations,
        },
      },
      spec: {
        ...template.spec,
        containers: template.spec.containers.map((container) => ({
          ...container,
          env: [
            ...(container.env ?? []),
            { name: 'OPERATOR_CONDITION_NAME', value: csv.metadata.name ?? '' },
          ],
        })),
      },
    },
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: wanted.name,
      namespace,
      labels: {
        ...wanted.label,
        ...ownerLabels(csv, namespace),
        'olm.managed': 'true',
        'olm.deployment-spec-hash': hashOf(spec),
      },
      ownerReferences: [ownerReference(csv)],
    },
    spec,
  };
}

/** Puts `Subscription.spec.config` into a pod template, as OLM's deployment initialisers do. */
function configured(template: PodTemplate, config: DeploymentConfig | undefined): PodTemplate {
  if (!config) return template;
  const { env = [], envFrom = [], volumes = [], volumeMounts = [], tolerations = [] } = config;
  const { nodeSelector, resources, affinity } = config;
  const listed = (value: unknown) => (Array.isArray(value) ? (value as unknown[]) : []);
  return {
    ...template,
    spec: {
      ...template.spec,
      ...(nodeSelector ? { nodeSelector } : {}),
      ...(affinity ? { affinity } : {}),
      ...(tolerations.length > 0
        ? { tolerations: [...listed(template.spec.tolerations), ...tolerations] }
        : {}),
      ...(volumes.length > 0 ? { volumes: [...listed(template.spec.volumes), ...volumes] } : {}),
      containers: template.spec.containers.map((container) => ({
        ...container,
        ...(env.length > 0
          ? {
              env: [
                ...(container.env ?? []).filter(({ name }) => !env.some((it) => it.name === name)),
                ...env,
              ],
            }
          : {}),
        ...(envFrom.length > 0 ? { envFrom: [...listed(container.envFrom), ...envFrom] } : {}),
        ...(resources ? { resources } : {}),
        ...(volumeMounts.length > 0
          ? { volumeMounts: [...listed(container.volumeMounts), ...volumeMounts] }
          : {}),
      })),
    },
  };
}

/** Creates the CSV's Deployments, or takes over those of the version before. */
export async function applyDeployments(
  olm: OlmContext,
  csv: ClusterServiceVersion,
  config: DeploymentConfig | undefined,
): Promise<void> {
  const { client } = olm.cluster;
  for (const wanted of csv.spec.install.spec?.deployments ?? []) {
    const deployment = deploymentFor(csv, wanted, config);
    try {
      await client.create<Deployment>(refs.deployments, deployment, { fieldManager: 'olm' });
    } catch (error) {
      if (!hasReason(error, 'AlreadyExists')) throw error;
      const { namespace } = deployment.metadata;
      const there = await client.get<Deployment>(refs.deployments, { namespace, name: wanted.name });
      // OLM replaces labels, annotations and spec as a whole.
      const { resourceVersion, uid } = there.metadata;
      const metadata = {
        ...deployment.metadata,
        ...(resourceVersion ? { resourceVersion } : {}),
        ...(uid ? { uid } : {}),
      };
      await client.update<Deployment>(refs.deployments, { ...deployment, metadata }, { fieldManager: 'olm' });
    }
  }
}

export type Readiness =
  | { ready: true }
  | { ready: false; message: string; failed: boolean; missing: boolean };

/** Whether all Deployments of a CSV run the wanted version; if not, what the first one waits for, in OLM's words. */
export async function deploymentsReady(olm: OlmContext, csv: ClusterServiceVersion): Promise<Readiness> {
  const namespace = csv.metadata.namespace ?? '';
  for (const { name } of csv.spec.install.spec?.deployments ?? []) {
    const deployment = await olm.cluster.client.find<Deployment>(refs.deployments, { namespace, name });
    if (!deployment) {
      const message = `installing: waiting for deployment ${name} to become ready: deployment "${name}" does not exist`;
      return { ready: false, message, failed: false, missing: true };
    }
    const exceeded = deployment.status?.conditions?.some(
      ({ type, reason }) => type === 'Progressing' && reason === 'ProgressDeadlineExceeded',
    );
    if (exceeded) {
      const message = `install failed: deployment ${name} not ready before timeout: deployment "${name}" exceeded its progress deadline`;
      return { ready: false, message, failed: true, missing: false };
    }
    const waits = waitingFor(deployment);
    if (waits !== undefined) {
      const message = `installing: waiting for deployment ${name} to become ready: ${waits}`;
      return { ready: false, message, failed: false, missing: false };
    }
  }
  return { ready: true };
}

function waitingFor({ metadata, spec, status }: Deployment): string | undefined {
  const name = `deployment "${metadata.name}"`;
  if ((metadata.generation ?? 0) > (status?.observedGeneration ?? 0)) {
    return `waiting for spec update of ${name} to be observed...`;
  }
  const available = status?.conditions?.find(({ type }) => type === 'Available');
  if (available?.status !== 'True') {
    return `${name} not available: ${available?.message ?? 'missing condition Available'}`;
  }
  const { replicas = 0, updatedReplicas = 0 } = status ?? {};
  const wanted = spec.replicas ?? 1;
  if (updatedReplicas < wanted)
    return `${name} waiting for ${wanted - updatedReplicas} replica(s) to be updated`;
  const outdated = replicas - updatedReplicas;
  return outdated > 0 ? `${name} waiting for ${outdated} outdated replica(s) to be terminated` : undefined;
}
