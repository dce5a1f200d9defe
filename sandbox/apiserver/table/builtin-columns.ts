import type { KubeObject } from '../../client/types.ts';
import { model, resolveModel } from '../builtin/models.ts';
import { arrayAt, at, isObject, stringAt } from '../json.ts';
import { age } from './age.ts';
import { bindingColumns } from './binding-columns.ts';
import {
  condition,
  containers,
  jobDuration,
  jobStatus,
  nodeAddress,
  nodeRoles,
  nodeStatus,
  pairs,
  quotaAmounts,
  selectorText,
  servicePorts,
  storageClassName,
} from './cells.ts';
import type { Column } from './column.ts';
import { metadataDescription, nameColumn } from './crd-columns.ts';
import { podColumns } from './pod-columns.ts';

type Cell = (object: KubeObject) => unknown;

/** A column of a built-in kind; `priority` 1 shows with `kubectl get -o wide` only. */
export function column(
  name: string,
  cell: Cell,
  { priority = 0, type = 'string', description = name } = {},
): Column {
  return { name, type, format: '', description, priority, cell };
}

const wide = { priority: 1 };
export const ageColumn = () =>
  column('Age', (object) => age(object.metadata.creationTimestamp), {
    description: metadataDescription('creationTimestamp'),
  });

const text =
  (...path: string[]): Cell =>
  (object) => {
    const value = at(object, ...path);
    return value === undefined || value === null ? '<none>' : String(value);
  };
const number =
  (...path: string[]): Cell =>
  (object) =>
    Number(at(object, ...path) ?? 0);
const count =
  (...path: string[]): Cell =>
  (object) => {
    const value = at(object, ...path);
    return Array.isArray(value) ? value.length : isObject(value) ? Object.keys(value).length : 0;
  };
const described = (modelName: string, field: string) => ({
  description: resolveModel(model(modelName) ?? {}).properties?.[field]?.description ?? field,
});

/** The columns of a built-in kind as kubectl shows them (`pkg/printers/internalversion`); name and age for the rest. */
export function columnsOf(group: string, resource: string): readonly Column[] {
  return tables[`${resource}.${group}`]?.() ?? [nameColumn(), ageColumn()];
}

const templateColumns = () => [
  column('Containers', (object) => containers(object, 'name'), wide),
  column('Images', (object) => containers(object, 'image'), wide),
  column('Selector', (object) => selectorText(at(object, 'spec', 'selector')), wide),
];

const tables: Record<string, () => Column[]> = {
  'pods.': podColumns,
  'namespaces.': () => [nameColumn(), column('Status', text('status', 'phase')), ageColumn()],
  'configmaps.': () => [
    nameColumn(),
    column('Data', (map) => (count('data')(map) as number) + (count('binaryData')(map) as number)),
    ageColumn(),
  ],
  'secrets.': () => [nameColumn(), column('Type', text('type')), column('Data', count('data')), ageColumn()],
  'resourcequotas.': () => [
    nameColumn(),
    column('Request', (quota) => quotaAmounts(quota, false)),
    column('Limit', (quota) => quotaAmounts(quota, true)),
    ageColumn(),
  ],
  'serviceaccounts.': () => [nameColumn(), column('Secrets', count('secrets')), ageColumn()],
  'services.': () => [
    nameColumn(),
    column('Type', text('spec', 'type')),
    column('Cluster-IP', text('spec', 'clusterIP')),
    column('External-IP', text('spec', 'externalName')),
    column('Port(s)', servicePorts),
    ageColumn(),
    column('Selector', (object) => pairs(at(object, 'spec', 'selector')), wide),
  ],
  'nodes.': () => [
    nameColumn(),
    column('Status', nodeStatus),
    column('Roles', nodeRoles),
    ageColumn(),
    column('Version', text('status', 'nodeInfo', 'kubeletVersion')),
    column('Internal-IP', nodeAddress, wide),
    column('External-IP', () => '<none>', wide),
    column('OS-Image', text('status', 'nodeInfo', 'osImage'), wide),
    column('Kernel-Version', text('status', 'nodeInfo', 'kernelVersion'), wide),
    column('Container-Runtime', text('status', 'nodeInfo', 'containerRuntimeVersion'), wide),
  ],
  'events.': eventColumns,
  'events.events.k8s.io': eventColumns,
  'deployments.apps': () => [
    nameColumn(),
    column(
      'Ready',
      (object) => `${number('status', 'readyReplicas')(object)}/${number('spec', 'replicas')(object)}`,
      {
        description: 'Number of the pod with ready state',
      },
    ),
    column(
      'Up-to-date',
      number('status', 'updatedReplicas'),
      described('V1DeploymentStatus', 'updatedReplicas'),
    ),
    column(
      'Available',
      number('status', 'availableReplicas'),
      described('V1DeploymentStatus', 'availableReplicas'),
    ),
    ageColumn(),
    ...templateColumns(),
  ],
  'replicasets.apps': () => [
    nameColumn(),
    column('Desired', number('spec', 'replicas'), { type: 'integer' }),
    column('Current', number('status', 'replicas'), { type: 'integer' }),
    column('Ready', number('status', 'readyReplicas'), { type: 'integer' }),
    ageColumn(),
    ...templateColumns(),
  ],
  'statefulsets.apps': () => [
    nameColumn(),
    column(
      'Ready',
      (object) => `${number('status', 'readyReplicas')(object)}/${number('spec', 'replicas')(object)}`,
    ),
    ageColumn(),
    ...templateColumns().slice(0, 2),
  ],
  'daemonsets.apps': () => [
    nameColumn(),
    column('Desired', number('status', 'desiredNumberScheduled'), { type: 'integer' }),
    column('Current', number('status', 'currentNumberScheduled'), { type: 'integer' }),
    column('Ready', number('status', 'numberReady'), { type: 'integer' }),
    column('Up-to-date', number('status', 'updatedNumberScheduled'), { type: 'integer' }),
    column('Available', number('status', 'numberAvailable'), { type: 'integer' }),
    column('Node Selector', (object) => pairs(at(object, 'spec', 'template', 'spec', 'nodeSelector'))),
    ageColumn(),
    ...templateColumns(),
  ],
  'jobs.batch': () => [
    nameColumn(),
    column('Status', jobStatus),
    column(
      'Completions',
      (job) => `${number('status', 'succeeded')(job)}/${number('spec', 'completions')(job)}`,
    ),
    column('Duration', jobDuration),
    ageColumn(),
    ...templateColumns(),
  ],
  'customresourcedefinitions.apiextensions.k8s.io': () => [
    nameColumn(),
    column('Created At', (object) => object.metadata.creationTimestamp ?? '<unknown>', { type: 'date' }),
  ],
  'clusterroles.rbac.authorization.k8s.io': createdAt,
  'roles.rbac.authorization.k8s.io': createdAt,
  'rolebindings.rbac.authorization.k8s.io': bindingColumns,
  'clusterrolebindings.rbac.authorization.k8s.io': bindingColumns,
  'storageclasses.storage.k8s.io': () => [
    { ...nameColumn(), cell: storageClassName },
    column('Provisioner', text('provisioner')),
    column('ReclaimPolicy', text('reclaimPolicy')),
    column('VolumeBindingMode', text('volumeBindingMode')),
    column('AllowVolumeExpansion', (object) => object.allowVolumeExpansion === true),
    ageColumn(),
  ],
  'persistentvolumeclaims.': () => [
    nameColumn(),
    column('Status', text('status', 'phase')),
    column('Volume', (claim) => stringAt(claim, 'spec', 'volumeName') ?? ''),
    column('Capacity', (claim) => stringAt(claim, 'status', 'capacity', 'storage') ?? ''),
    column('Access Modes', (claim) => arrayAt(claim, 'status', 'accessModes').join(',')),
    column('StorageClass', (claim) => stringAt(claim, 'spec', 'storageClassName') ?? ''),
    ageColumn(),
  ],
  'apiservices.apiregistration.k8s.io': () => [
    nameColumn(),
    column('Service', (object) => {
      const service = at(object, 'spec', 'service');
      return service ? `${stringAt(service, 'namespace')}/${stringAt(service, 'name')}` : 'Local';
    }),
    column('Available', (object) => String(at(condition(object, 'Available'), 'status') ?? 'Unknown')),
    ageColumn(),
  ],
  'leases.coordination.k8s.io': () => [
    nameColumn(),
    column('Holder', text('spec', 'holderIdentity')),
    ageColumn(),
  ],
};

function createdAt(): Column[] {
  return [
    nameColumn(),
    column('Created At', (object) => object.metadata.creationTimestamp ?? '<unknown>', { type: 'date' }),
  ];
}

/** Who told an Event: as the old recorder writes it, or as that of `events.k8s.io` does. */
function eventSource(event: KubeObject): string {
  const component = at(event, 'source', 'component') || event.reportingComponent;
  const host = at(event, 'source', 'host') || event.reportingInstance;
  return [component, host].filter(Boolean).join(', ');
}

function eventColumns(): Column[] {
  const last: Cell = (event) => age(event.lastTimestamp ?? event.eventTime ?? event.firstTimestamp);
  const object: Cell = (event) => {
    const involved = event.involvedObject ?? event.regarding;
    return `${(stringAt(involved, 'kind') ?? '').toLowerCase()}/${stringAt(involved, 'name') ?? ''}`;
  };
  return [
    column('Last Seen', last),
    column('Type', (event) => event.type ?? ''),
    column('Reason', (event) => event.reason ?? ''),
    column('Object', object),
    column('Subobject', (event) => stringAt(event, 'involvedObject', 'fieldPath') ?? '', wide),
    column('Source', eventSource, wide),
    column('Message', (event) => String(event.message ?? event.note ?? '').trim()),
    column('First Seen', (event) => age(event.firstTimestamp ?? event.eventTime), wide),
    column('Count', (event) => event.count ?? 1, wide),
    { ...nameColumn(), priority: 1 },
  ];
}
