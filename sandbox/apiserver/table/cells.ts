import type { KubeObject } from '../../client/types.ts';
import { arrayAt, at, isObject, stringAt } from '../json.ts';
import { humanDuration } from './age.ts';

/** The condition of a type in an object's status. */
export function condition(object: KubeObject, type: string): unknown {
  return arrayAt(object, 'status', 'conditions').find((candidate) => at(candidate, 'type') === type);
}

/** One field of all containers of a pod template, comma-separated. */
export function containers(object: KubeObject, field: string): string {
  return arrayAt(object, 'spec', 'template', 'spec', 'containers')
    .map((container) => stringAt(container, field) ?? '')
    .join(',');
}

/** A label selector as kubectl prints it, `<none>` for an empty one. */
export function selectorText(selector: unknown): string {
  const labels = at(selector, 'matchLabels');
  return pairs(isObject(labels) ? labels : selector);
}

/** Labels as `key=value`, comma-separated; `<none>` for none. */
export function pairs(labels: unknown): string {
  const entries = isObject(labels) ? Object.entries(labels) : [];
  return entries.length === 0
    ? '<none>'
    : entries
        .map(([key, value]) => `${key}=${value}`)
        .sort()
        .join(',');
}

/** The ports of a Service as kubectl prints them. */
export function servicePorts(service: KubeObject): string {
  const ports = arrayAt(service, 'spec', 'ports').map((port) => {
    const nodePort = at(port, 'nodePort');
    return `${at(port, 'port')}${nodePort ? `:${nodePort}` : ''}/${at(port, 'protocol') ?? 'TCP'}`;
  });
  return ports.join(',') || '<none>';
}

/** What a quota has given out and may give, of limits or of all else: `pods: 1/2, requests.cpu: 500m/1`. */
export function quotaAmounts(quota: KubeObject, limits: boolean): string {
  const hard = at(quota, 'status', 'hard');
  return Object.entries(isObject(hard) ? hard : {})
    .filter(([name]) => name.startsWith('limits') === limits)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}: ${at(quota, 'status', 'used', name) ?? 0}/${value}`)
    .join(', ');
}

export function nodeStatus(node: KubeObject): string {
  const ready = at(condition(node, 'Ready'), 'status') === 'True' ? 'Ready' : 'NotReady';
  return at(node, 'spec', 'unschedulable') === true ? `${ready},SchedulingDisabled` : ready;
}

export function nodeRoles(node: KubeObject): string {
  const prefix = 'node-role.kubernetes.io/';
  const roles = Object.keys(node.metadata.labels ?? {}).filter((label) => label.startsWith(prefix));
  return (
    roles
      .map((label) => label.slice(prefix.length))
      .sort()
      .join(',') || '<none>'
  );
}

export function nodeAddress(node: KubeObject): unknown {
  const address = arrayAt(node, 'status', 'addresses').find(
    (candidate) => at(candidate, 'type') === 'InternalIP',
  );
  return at(address, 'address') ?? '<none>';
}

export function jobStatus(job: KubeObject): string {
  if (at(condition(job, 'Complete'), 'status') === 'True') return 'Complete';
  if (at(condition(job, 'Failed'), 'status') === 'True') return 'Failed';
  return job.metadata.deletionTimestamp ? 'Terminating' : 'Running';
}

export function jobDuration(job: KubeObject): string {
  const start = stringAt(job, 'status', 'startTime');
  if (!start) return '';
  const end = stringAt(job, 'status', 'completionTime');
  return humanDuration((end ? Date.parse(end) : Date.now()) - Date.parse(start));
}

export function storageClassName(object: KubeObject): string {
  const isDefault = object.metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true';
  return `${object.metadata.name}${isDefault ? ' (default)' : ''}`;
}
