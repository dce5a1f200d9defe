import type { AggregatedApi, AggregatedRequest } from '../../apiserver/extension.ts';
import { negotiate, respond } from '../../apiserver/negotiate.ts';
import { fieldSelector, labelSelector } from '../../apiserver/selectors.ts';
import { methodNotSupported, notFound } from '../../apiserver/status.ts';
import type { KubeObject } from '../../client/types.ts';
import type { CatalogSource } from '../api.ts';
import { type Connections, catalogsFor } from '../catalog/connections.ts';
import type { Package } from '../catalog/model.ts';
import { describePackage, iconOf } from './package-manifest.ts';
import { packageManifestSchema } from './schema.ts';
import { tableOf } from './table.ts';

const groupResource = { group: 'packages.operators.coreos.com', resource: 'packagemanifests' };
const apiVersion = 'packages.operators.coreos.com/v1';

export interface PackageServerOptions {
  connections: Connections;
  /** The CatalogSources of the cluster, as they are now. */
  sources: () => CatalogSource[];
  globalNamespace: string;
}

/**
 * The packageserver: PackageManifests as OLM serves them, oddities included. It watches nothing for its clients
 * (405), ignores `limit`, gives lists no resourceVersion, shows the packages of the global catalogs in every
 * namespace under that namespace's name, and lists a package once per catalog that has it.
 */
export function packageServer(options: PackageServerOptions): AggregatedApi {
  return {
    group: groupResource.group,
    version: 'v1',
    resources: [
      {
        name: 'packagemanifests',
        singularName: 'packagemanifest',
        namespaced: true,
        kind: 'PackageManifest',
        verbs: ['get', 'list'],
      },
      {
        name: 'packagemanifests/icon',
        singularName: '',
        namespaced: true,
        kind: 'PackageManifest',
        verbs: ['get'],
      },
    ],
    service: { namespace: options.globalNamespace, name: 'packageserver-service' },
    schemas: { PackageManifest: packageManifestSchema },
    handle: async (request) => answer(request, options),
  };
}

function answer(request: AggregatedRequest, options: PackageServerOptions): Response {
  const { resource, subresource, name, namespace, verb } = request;
  if (resource !== 'packagemanifests') return new Response('404 page not found\n', { status: 404 });
  if (verb === 'watch' || !['get', 'list'].includes(verb)) throw methodNotSupported(groupResource, verb);
  if (name === undefined) return list(request, options);
  if (namespace === undefined) throw notFound(groupResource, name);
  const found = servedIn(namespace, options).find(({ owner }) => owner.name === name);
  if (!found) throw notFound(groupResource, name);
  if (subresource === 'icon') return icon(found.owner);
  if (subresource !== undefined) return new Response('404 page not found\n', { status: 404 });
  const object = manifestOf(found, namespace);
  const as = negotiate(request.headers.get('accept'), ['Table', 'PartialObjectMetadata']);
  if (as.as === 'Table') return respond(tableOf([object]), { as });
  return respond(object, { as });
}

function list(request: AggregatedRequest, options: PackageServerOptions): Response {
  const byLabel = labelSelector(request.query.get('labelSelector'));
  const byField = fieldSelector(request.query.get('fieldSelector'), ['metadata.name', 'metadata.namespace']);
  const items = servedIn(request.namespace, options)
    .map((served) => manifestOf(served, request.namespace))
    .filter((object) => (byLabel?.(object) ?? true) && (byField?.(object) ?? true));
  const as = negotiate(request.headers.get('accept'), ['Table', 'PartialObjectMetadataList']);
  if (as.as === 'Table') return respond(tableOf(items), { as });
  // A Go list of typed items names their kind once.
  const untyped = items.map(({ kind: _kind, apiVersion: _apiVersion, ...item }) => item);
  return respond({ kind: 'PackageManifestList', apiVersion, metadata: {}, items: untyped }, { as });
}

interface Served {
  source: CatalogSource;
  owner: Package;
}

/**
 * The packages seen from a namespace, or everywhere. Of a package in two catalogs the one of the lower priority comes
 * first, and so is the one that a GET by name finds: that is what the real packageserver was seen to do.
 */
function servedIn(namespace: string | undefined, options: PackageServerOptions): Served[] {
  const all = options.sources();
  const visible = namespace === undefined ? [...all] : catalogsFor(namespace, options.globalNamespace, all);
  return visible
    .sort((a, b) => (a.spec.priority ?? 0) - (b.spec.priority ?? 0))
    .flatMap((source) => {
      const connection = options.connections.connect(source);
      if (connection.state !== 'READY') return [];
      return [...connection.content.packages.values()].map((owner) => ({ source, owner }));
    });
}

function manifestOf({ source, owner }: Served, namespace: string | undefined): KubeObject {
  const { labels, provider, channels, defaultChannel, deprecation } = describePackage(owner);
  const catalogNamespace = source.metadata.namespace ?? '';
  const catalogName = source.metadata.name ?? '';
  return {
    kind: 'PackageManifest',
    apiVersion,
    metadata: {
      name: owner.name,
      namespace: namespace ?? catalogNamespace,
      ...(source.metadata.creationTimestamp ? { creationTimestamp: source.metadata.creationTimestamp } : {}),
      labels: sorted({
        ...source.metadata.labels,
        ...labels,
        catalog: catalogName,
        'catalog-namespace': catalogNamespace,
      }),
    },
    spec: {},
    status: {
      catalogSource: catalogName,
      catalogSourceDisplayName: source.spec.displayName ?? '',
      catalogSourcePublisher: source.spec.publisher ?? '',
      catalogSourceNamespace: catalogNamespace,
      provider,
      packageName: owner.name,
      ...(deprecation ? { deprecation } : {}),
      channels,
      defaultChannel,
    },
  };
}

function icon(owner: Package): Response {
  const found = iconOf(owner);
  // A package without icon answers with an empty one, not with an error.
  if (!found) return new Response('', { status: 200, headers: { 'content-type': 'image/svg+xml' } });
  const body = new Uint8Array(found.data);
  return new Response(body, {
    status: 200,
    headers: {
      'content-type': found.mediatype,
      etag: found.etag,
      'cache-control': 'no-cache, private',
      'content-length': String(body.byteLength),
    },
  });
}

function sorted(labels: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
}
