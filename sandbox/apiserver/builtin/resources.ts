import type { Resource, Subresource } from '../resource.ts';
import { columnsOf } from '../table/builtin-columns.ts';
import { groups } from './catalogue.ts';
import { defaulters } from './defaults.ts';
import { modelNameOf } from './model-names.ts';
import { model, resolveModel } from './models.ts';
import { validators } from './validators.ts';

const allVerbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'] as const;
const reviewGroups = new Set(['authentication.k8s.io', 'authorization.k8s.io']);

/** Every resource of Kubernetes itself that the sandbox serves. */
export function builtinResources(): Resource[] {
  return groups.flatMap(([groupVersion, lines]) => {
    const slash = groupVersion.indexOf('/');
    const group = slash < 0 ? '' : groupVersion.slice(0, slash);
    const version = groupVersion.slice(slash + 1);
    return lines
      .trim()
      .split('\n')
      .map((line) => fromLine(group, version, line));
  });
}

function fromLine(group: string, version: string, line: string): Resource {
  const [resource = '', kind = '', scope, shorts = '-', categories = '-', subs = '-', flags = ''] =
    line.split(' ');
  const verbs = verbsOf(flags, resource);
  const subresources = list(subs).map((entry) => subresourceOf(entry, kind, resource));
  const isReview = reviewGroups.has(group);
  return {
    group,
    version,
    resource,
    singular: kind.toLowerCase(),
    kind,
    listKind: `${kind}List`,
    namespaced: scope === 'ns',
    verbs,
    shortNames: list(shorts),
    categories: list(categories),
    subresources,
    // Both groups show the same Event objects, written through the core group.
    storage: { group: resource === 'events' ? '' : group, resource },
    storageVersion: resource === 'events' ? 'v1' : group === 'autoscaling' ? 'v2' : version,
    builtin: true,
    hasStatus: subresources.some(({ name }) => name === 'status'),
    hasGeneration: flags === 'g',
    unconditionalUpdate: true,
    fieldLabels: fieldLabels[resource] ?? [],
    get schema() {
      return isReview ? undefined : model(modelNameOf(group, version, kind));
    },
    resolve: resolveModel,
    columns: () => columnsOf(group, resource),
    ...(defaulters[`${resource}.${group}`] ? { defaults: defaulters[`${resource}.${group}`] } : {}),
    ...(validators[`${resource}.${group}`] ? { validate: validators[`${resource}.${group}`] } : {}),
    nameRule: flags === 'l' ? 'label' : flags === 'p' ? 'path' : 'subdomain',
  };
}

function list(text: string): string[] {
  return text === '-' ? [] : text.split(',');
}

function verbsOf(flags: string, resource: string): readonly string[] {
  if (flags === 'create') return ['create'];
  if (flags === 'get,list') return ['get', 'list'];
  return resource === 'namespaces' ? allVerbs.filter((verb) => verb !== 'deletecollection') : allVerbs;
}

const subresourceVerbs: Record<string, string[]> = {
  attach: ['create', 'get'],
  exec: ['create', 'get'],
  portforward: ['create', 'get'],
  binding: ['create'],
  eviction: ['create'],
  token: ['create'],
  log: ['get'],
  finalize: ['update'],
  proxy: ['create', 'delete', 'get', 'patch', 'update'],
};

const foreignSubresources: Record<string, { group: string; version: string }> = {
  scale: { group: 'autoscaling', version: 'v1' },
  eviction: { group: 'policy', version: 'v1' },
  token: { group: 'authentication.k8s.io', version: 'v1' },
};

function subresourceOf(entry: string, kind: string, resource: string): Subresource {
  const [name = '', ownKind] = entry.split(':');
  const foreign = resource === 'pods' && name === 'binding' ? undefined : foreignSubresources[name];
  return {
    name,
    kind: ownKind ?? (name === 'scale' ? 'Scale' : kind),
    verbs: subresourceVerbs[name] ?? ['get', 'patch', 'update'],
    ...foreign,
  };
}

/** Field selectors that Kubernetes offers per resource (`AddFieldLabelConversionFunc` in its API packages). */
const fieldLabels: Record<string, readonly string[]> = {
  pods: [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'spec.hostNetwork',
    'status.phase',
    'status.podIP',
    'status.nominatedNodeName',
  ],
  events: [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'involvedObject.resourceVersion',
    'involvedObject.fieldPath',
    'regarding.kind',
    'regarding.namespace',
    'regarding.name',
    'regarding.uid',
    'reason',
    'reportingComponent',
    'source',
    'type',
  ],
  namespaces: ['status.phase'],
  nodes: ['spec.unschedulable'],
  secrets: ['type'],
  replicasets: ['status.replicas'],
  replicationcontrollers: ['status.replicas'],
  jobs: ['status.successful'],
  services: ['spec.clusterIP', 'spec.type'],
};
