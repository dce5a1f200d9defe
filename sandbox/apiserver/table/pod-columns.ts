import type { KubeObject } from '../../client/types.ts';
import { arrayAt, at, stringAt } from '../json.ts';
import { age } from './age.ts';
import type { Column } from './column.ts';
import { metadataDescription, nameColumn } from './crd-columns.ts';

/** Columns of `kubectl get pods` (`printPod` in Kubernetes' internal printers). */
export function podColumns(): Column[] {
  const make = (name: string, cell: (pod: KubeObject) => unknown, priority = 0): Column => {
    return { name, type: 'string', format: '', description: name, priority, cell };
  };
  return [
    nameColumn(),
    make('Ready', ready),
    make('Status', status),
    make('Restarts', restarts),
    {
      ...make('Age', (pod) => age(pod.metadata.creationTimestamp)),
      description: metadataDescription('creationTimestamp'),
    },
    make('IP', (pod) => stringAt(pod, 'status', 'podIP') ?? '<none>', 1),
    make('Node', (pod) => stringAt(pod, 'spec', 'nodeName') ?? '<none>', 1),
    make('Nominated Node', (pod) => stringAt(pod, 'status', 'nominatedNodeName') ?? '<none>', 1),
    make('Readiness Gates', () => '<none>', 1),
  ];
}

function ready(pod: KubeObject): string {
  const statuses = arrayAt(pod, 'status', 'containerStatuses');
  const count = statuses.filter((container) => at(container, 'ready') === true).length;
  return `${count}/${arrayAt(pod, 'spec', 'containers').length}`;
}

function status(pod: KubeObject): string {
  if (pod.metadata.deletionTimestamp) return 'Terminating';
  const init = arrayAt(pod, 'status', 'initContainerStatuses');
  const total = arrayAt(pod, 'spec', 'initContainers').length;
  for (const [index, container] of init.entries()) {
    if (at(container, 'state', 'terminated', 'exitCode') === 0) continue;
    const reason =
      stringAt(container, 'state', 'waiting', 'reason') ??
      stringAt(container, 'state', 'terminated', 'reason');
    if (reason && reason !== 'PodInitializing') return `Init:${reason}`;
    return `Init:${index}/${total}`;
  }
  for (const container of arrayAt(pod, 'status', 'containerStatuses')) {
    const waiting = stringAt(container, 'state', 'waiting', 'reason');
    const terminated = stringAt(container, 'state', 'terminated', 'reason');
    if (waiting ?? terminated) return waiting ?? terminated ?? '';
  }
  return stringAt(pod, 'status', 'reason') ?? stringAt(pod, 'status', 'phase') ?? 'Unknown';
}

function restarts(pod: KubeObject): string {
  const counts = arrayAt(pod, 'status', 'containerStatuses').map((container) =>
    Number(at(container, 'restartCount') ?? 0),
  );
  return String(counts.reduce((sum, count) => sum + count, 0));
}
