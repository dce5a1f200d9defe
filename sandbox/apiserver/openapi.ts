import { createHash } from 'node:crypto';
import type { AggregatedApi } from './extension.ts';
import type { JsonObject } from './json.ts';
import { common, negotiate, pageNotFound, respond } from './negotiate.ts';
import { type Described, pathsOf } from './openapi-paths.ts';
import { reversed, rewrite, schemasOf } from './openapi-schemas.ts';
import type { Registry } from './registry.ts';

interface Documents {
  generation: number;
  index: string;
  documents: Map<string, string>;
}

const cache = new WeakMap<Registry, Documents>();

/** `/openapi/v3`: an index of one document per group version, each with schemas and paths of its kinds. */
export function openApiV3(registry: Registry, path: string): Response {
  const { index, documents } = documentsOf(registry);
  const name = path.replace(/^\/openapi\/v3\/?/, '').replace(/\/$/, '');
  if (name === '') {
    // The real server leaves the type of the index to Go's guess.
    return new Response(index, { headers: { ...common, 'content-type': 'text/plain; charset=utf-8' } });
  }
  const document = documents.get(name) ?? build(registry, name, documents);
  if (!document) return pageNotFound();
  const etag = hashOf(document);
  return new Response(document, {
    headers: { ...common, 'content-type': 'application/json', etag: `"${etag}"`, vary: 'Accept' },
  });
}

const info = { title: 'Kubernetes', version: 'unversioned' };

const protobufV2 = 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf';

/** With the `@` that media types may not have, clients still ask for it. */
const protobufForms = [protobufV2, protobufV2.replace('v2.v1', 'v2@v1')];

/** A protobuf field of bytes: its number with wire type 2, the length, the bytes. Both stay below 128 here. */
const bytesField = (number: number, bytes: Buffer) =>
  Buffer.concat([Buffer.from([number * 8 + 2, bytes.length]), bytes]);

const protobufHead = Buffer.concat([
  bytesField(1, Buffer.from('2.0')),
  bytesField(
    2,
    Buffer.concat([bytesField(1, Buffer.from(info.title)), bytesField(2, Buffer.from(info.version))]),
  ),
]);

/**
 * `/openapi/v2`: everything in one document, for older clients. In protobuf, which kubectl asks for before it sends
 * the items of a List, the document has its head only: kubectl then leaves the validation to the server.
 * @throws 406 for other forms than that and JSON
 */
export function openApiV2(registry: Registry, accept: string | null): Response {
  if (accept?.split(',').some((clause) => protobufForms.includes(clause.split(';')[0]?.trim() ?? ''))) {
    return new Response(protobufHead, { headers: { ...common, 'content-type': protobufV2 } });
  }
  negotiate(accept);
  const definitions: JsonObject = {};
  const paths: JsonObject = {};
  for (const resource of registry.all()) {
    Object.assign(definitions, rewrite(schemasOf([resource]), '#/definitions/'));
    Object.assign(paths, rewrite(pathsOf(resource, '#/definitions/'), '#/definitions/'));
  }
  for (const api of registry.aggregatedApis()) {
    Object.assign(definitions, aggregatedSchemas(api));
    for (const resource of describedBy(api)) Object.assign(paths, pathsOf(resource, '#/definitions/'));
  }
  return respond({ swagger: '2.0', info, paths, definitions });
}

function documentsOf(registry: Registry): Documents {
  const known = cache.get(registry);
  if (known && known.generation === registry.generation) return known;
  const names = new Set<string>();
  for (const resource of registry.all()) names.add(documentName(resource));
  for (const api of registry.aggregatedApis()) names.add(documentName(api));
  const paths: JsonObject = {};
  for (const name of [...names].sort()) {
    // The hash names the content; it changes when the resources behind the document do.
    const hash = hashOf(
      JSON.stringify([
        name,
        registry
          .all()
          .filter((resource) => documentName(resource) === name)
          .map((resource) => [resource.kind, resource.builtin || resource.schema]),
      ]),
    );
    paths[name] = { serverRelativeURL: `/openapi/v3/${name}?hash=${hash}` };
  }
  for (const name of discoveryDocuments(registry)) {
    paths[name] = { serverRelativeURL: `/openapi/v3/${name}?hash=${hashOf(name)}` };
  }
  const documents = {
    generation: registry.generation,
    index: JSON.stringify({ paths }),
    documents: new Map<string, string>(),
  };
  cache.set(registry, documents);
  return documents;
}

/** Documents of discovery itself: they describe no kinds, but clients find them in the index. */
function discoveryDocuments(registry: Registry): string[] {
  const groups = new Set(
    registry
      .all()
      .filter(({ builtin, group }) => builtin && group !== '')
      .map(({ group }) => `apis/${group}`),
  );
  return ['api', 'apis', 'version', ...[...groups].sort()];
}

function documentName(resource: { group: string; version: string }): string {
  return resource.group === '' ? `api/${resource.version}` : `apis/${resource.group}/${resource.version}`;
}

function build(registry: Registry, name: string, documents: Map<string, string>): string | undefined {
  const resources = registry.all().filter((resource) => documentName(resource) === name);
  const api = registry.aggregatedApis().find((candidate) => documentName(candidate) === name);
  if (resources.length === 0 && !api) {
    if (!discoveryDocuments(registry).includes(name)) return undefined;
    const info = { title: 'Kubernetes', version: 'unversioned' };
    const operation = { get: { responses: { '200': { description: 'OK' } } } };
    return JSON.stringify({
      openapi: '3.0.0',
      info,
      paths: { [`/${name}/`]: operation },
      components: { schemas: {} },
    });
  }
  const isCustom = resources.some((resource) => !resource.builtin);
  const document = {
    openapi: '3.0.0',
    info: isCustom
      ? { title: 'Kubernetes CRD Swagger', version: 'v0.1.0' }
      : { title: 'Kubernetes', version: 'unversioned' },
    paths: Object.assign(
      {},
      ...[...resources, ...(api ? describedBy(api) : [])].map((resource) =>
        pathsOf(resource, '#/components/schemas/'),
      ),
    ) as JsonObject,
    components: { schemas: { ...schemasOf(resources), ...aggregatedSchemas(api) } },
  };
  const text = JSON.stringify(rewrite(document, '#/components/schemas/'));
  documents.set(name, text);
  return text;
}

function describedBy({ group, version, resources }: AggregatedApi): Described[] {
  return resources
    .filter(({ name }) => !name.includes('/'))
    .map(({ name, kind, namespaced, verbs }) => ({
      group,
      version,
      resource: name,
      kind,
      namespaced,
      verbs,
      subresources: resources
        .filter((other) => other.name.startsWith(`${name}/`))
        .map((other) => ({ ...other, name: other.name.slice(name.length + 1) })),
    }));
}

function aggregatedSchemas(api: AggregatedApi | undefined): JsonObject {
  if (!api?.schemas) return {};
  const { group, version } = api;
  return Object.fromEntries(
    Object.entries(api.schemas).map(([kind, schema]) => [
      `${reversed(group)}.${version}.${kind}`,
      { ...schema, 'x-kubernetes-group-version-kind': [{ group, version, kind }] },
    ]),
  );
}

function hashOf(text: string): string {
  return createHash('sha512').update(text).digest('hex').toUpperCase();
}
