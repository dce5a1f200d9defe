import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from '@/lib/kube/testing';
import type { KubeObject } from '@/lib/kube/types';
import { recording } from '@/lib/testing/recordings';

interface Recorded {
  items?: KubeObject[];
}

/** When the stories end. */
const recordedAt = '2026-11-21T03:15:00Z';
const OLM = '/apis/operators.coreos.com';
const scenarios = [
  'auto-a',
  'fail-catalog',
  'fail-nochannel',
  'fail-noog',
  'fail-nopkg',
  'fail-unpack',
  'multi',
];
const collections: [field: string, root: string][] = [
  ['subscriptions', `${OLM}/v1alpha1`],
  ['installplans', `${OLM}/v1alpha1`],
  ['clusterserviceversions', `${OLM}/v1alpha1`],
  ['catalogsources', `${OLM}/v1alpha1`],
  ['operatorgroups', `${OLM}/v1`],
  ['events', '/api/v1'],
];
const packages = '/apis/packages.operators.coreos.com/v1/packagemanifests';

/**
 * A real cluster as it was recorded, at the end of its stories: it answers lists and reads of what was recorded, as the
 * real server did (no kind in the members of built-in lists, no resourceVersion of PackageManifests), and 404 in plain
 * text to everything else.
 */
export function recordedCluster(): (request: IncomingMessage, response: ServerResponse) => void {
  const lists = new Map<string, KubeObject[]>();
  for (const scenario of scenarios) {
    const story: Record<string, Recorded> = JSON.parse(recording(`real/scenario-${scenario}.json`));
    for (const [field, root] of collections) {
      const path = `${root}/${field}`;
      lists.set(path, [...(lists.get(path) ?? []), ...(story[field]?.items ?? [])]);
    }
  }
  const bodyOf = (file: string): Recorded => JSON.parse(recording(`real/${file}.json`)).body;
  lists.set(packages, bodyOf('packagemanifests-all').items ?? []);
  lists.set('/apis/apiextensions.k8s.io/v1/customresourcedefinitions', bodyOf('disc-crds').items ?? []);
  return (request, response) => answer(lists, request, response);
}

function answer(lists: Map<string, KubeObject[]>, request: IncomingMessage, response: ServerResponse): void {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://server');
  const [, root = '', namespace, rest = ''] =
    /^(\/api\/v1|\/apis\/[^/]+\/[^/]+)(?:\/namespaces\/([^/]+))?(\/.+)$/.exec(pathname) ?? [];
  const [resource = '', name] = rest.slice(1).split('/');
  const all = lists.get(`${root}/${resource}`);
  // Ages are judged by the cluster's clock, and the stories are over.
  response.setHeader('date', new Date(recordedAt).toUTCString());
  if (!all || request.method !== 'GET') return void response.writeHead(404).end('404 page not found\n');
  const isPackages = `${root}/${resource}` === packages;
  const items = all.filter(
    (object) =>
      // Packages of global catalogs are shown in every namespace.
      (!namespace || isPackages || object.metadata.namespace === namespace) && matches(object, searchParams),
  );
  const one = name ? items.find(({ metadata }) => metadata.name === name) : undefined;
  if (one) json(response, 200, one);
  else if (!name) {
    json(response, 200, {
      metadata: isPackages ? {} : { continue: '', resourceVersion: '1967' },
      items,
    });
  } else {
    const message = `${resource} "${name}" not found`;
    json(response, 404, { kind: 'Status', reason: 'NotFound', message, code: 404 });
  }
}

function matches({ metadata }: KubeObject, query: URLSearchParams): boolean {
  const labels = metadata.labels ?? {};
  const terms = (query.get('labelSelector') ?? '').split(',').filter(Boolean);
  const [, wanted] = /^metadata\.name=(.*)$/.exec(query.get('fieldSelector') ?? '') ?? [];
  if (wanted !== undefined && metadata.name !== wanted) return false;
  return terms.every((term) => {
    if (term.startsWith('!')) return !(term.slice(1) in labels);
    const [key = '', value] = term.split('=');
    return labels[key] === value;
  });
}
