import type { AdmissionPlugin, AdmissionRequest } from '../apiserver/extension.ts';
import { arrayAt, at, stringAt } from '../apiserver/json.ts';
import { matchesLabelSelector } from '../apiserver/selectors.ts';
import { ApiError } from '../apiserver/status.ts';
import type { KubeObject, ResourceRef } from '../client/types.ts';
import type { ClusterRuntime } from '../cluster-runtime.ts';
import { type Pod, refs } from './refs.ts';

const admission = (resource: string): ResourceRef => ({
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  resource,
});
const services: ResourceRef = { group: '', version: 'v1', resource: 'services' };

/**
 * Calls the webhooks of ValidatingWebhookConfigurations and MutatingWebhookConfigurations as far as that is possible
 * where no program runs: one whose Service is gone or has no ready pod can't be called, and with failurePolicy `Fail`
 * that refuses the write; all others agree.
 */
export function runWebhooks(cluster: ClusterRuntime): void {
  const { informers, server } = cluster;
  const configurations = ['validatingwebhookconfigurations', 'mutatingwebhookconfigurations'].map(
    (resource) => informers.of<KubeObject>(admission(resource)),
  );
  const serviceObjects = informers.of<KubeObject>(services);
  const pods = informers.of<Pod>(refs.pods);
  const namespaces = informers.of<KubeObject>(refs.namespaces);

  const unreachable = (namespace: string, name: string): string | undefined => {
    const service = serviceObjects.list(namespace).find(({ metadata }) => metadata.name === name);
    if (!service) return `service "${name}" not found`;
    const matchLabels = at(service, 'spec', 'selector');
    // Without a selector somebody else keeps its endpoints.
    if (!matchLabels) return undefined;
    const serves = pods
      .list(namespace)
      .some(
        ({ metadata, status }) =>
          matchesLabelSelector({ matchLabels }, metadata.labels ?? {}) &&
          status?.conditions?.some(({ type, status: value }) => type === 'Ready' && value === 'True'),
      );
    return serves ? undefined : `no endpoints available for service "${name}"`;
  };

  const labelsOfNamespace = (name: string | undefined) =>
    namespaces.list().find(({ metadata }) => metadata.name === name)?.metadata.labels ?? {};

  const concerns = (webhook: unknown, request: AdmissionRequest): boolean => {
    if (at(webhook, 'failurePolicy') === 'Ignore') return false;
    if (!arrayAt(webhook, 'rules').some((rule) => covers(rule, request))) return false;
    const selector = at(webhook, 'namespaceSelector');
    if (request.namespace && !matchesLabelSelector(selector, labelsOfNamespace(request.namespace)))
      return false;
    const labels = (request.object ?? request.oldObject)?.metadata.labels ?? {};
    return matchesLabelSelector(at(webhook, 'objectSelector'), labels);
  };

  const plugin: AdmissionPlugin = {
    name: 'webhooks',
    validate: async (request) => {
      // Kubernetes never lets a webhook stand in the way of its own removal.
      if (request.group === 'admissionregistration.k8s.io') return;
      const webhooks = configurations.flatMap((known) =>
        known.list().flatMap((it) => arrayAt(it, 'webhooks')),
      );
      for (const webhook of webhooks) {
        if (!concerns(webhook, request)) continue;
        const namespace = stringAt(webhook, 'clientConfig', 'service', 'namespace') ?? '';
        const name = stringAt(webhook, 'clientConfig', 'service', 'name');
        const why = name === undefined ? undefined : unreachable(namespace, name);
        if (why) throw failedCall(webhook, `${name}.${namespace}.svc`, why);
      }
    },
  };
  server.addAdmission(plugin);
}

function covers(
  rule: unknown,
  { operation, group, version, resource, subresource }: AdmissionRequest,
): boolean {
  const lists = (key: string, ...wanted: string[]) =>
    arrayAt(rule, key).some((value) => value === '*' || wanted.includes(String(value)));
  const name = subresource ? `${resource}/${subresource}` : resource;
  return (
    lists('operations', operation) &&
    lists('apiGroups', group) &&
    lists('apiVersions', version) &&
    lists('resources', name, ...(subresource ? ['*/*', `${resource}/*`] : []))
  );
}

/** Wording of `k8s.io/apiserver/pkg/admission/plugin/webhook/errors`. */
function failedCall(webhook: unknown, host: string, why: string): ApiError {
  const name = stringAt(webhook, 'name') ?? '';
  const port = at(webhook, 'clientConfig', 'service', 'port') ?? 443;
  const path = stringAt(webhook, 'clientConfig', 'service', 'path') ?? '/';
  const seconds = at(webhook, 'timeoutSeconds') ?? 10;
  return new ApiError(
    500,
    'InternalError',
    `Internal error occurred: failed calling webhook "${name}": failed to call webhook: Post "https://${host}:${port}${path}?timeout=${seconds}s": ${why}`,
  );
}
