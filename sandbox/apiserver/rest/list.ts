import { keyOf } from '../../client/informer.ts';
import type { KubeObject } from '../../client/types.ts';
import { type Call, collectionOf, present } from '../core.ts';
import { isObject } from '../json.ts';
import { jsonOf } from '../json-text.ts';
import { respond } from '../negotiate.ts';
import { groupVersion } from '../resource.ts';
import { fieldSelector, labelSelector } from '../selectors.ts';
import { ApiError, badRequest, expired, invalid, invalidValue } from '../status.ts';
import { partialMetadata, tableOf } from '../table/render.ts';
import { readRevision } from './options.ts';
import { bareJsonOf, includeOf } from './output.ts';

/** The label and field selectors of a request as one predicate. @throws 400 when one does not parse */
export function selectorsOf(call: Call): (object: KubeObject) => boolean {
  const { query } = call.info;
  const byLabel = labelSelector(query.get('labelSelector'));
  const byField = fieldSelector(query.get('fieldSelector'), call.resource.fieldLabels);
  return (object) => (byLabel?.(object) ?? true) && (byField?.(object) ?? true);
}

interface Continuation {
  revision: number;
  start: string;
}

/** GET of a collection, all of it or in chunks that show one consistent state. */
export function list(call: Call): Response {
  const { core, info, resource } = call;
  const { query, namespace } = info;
  const matches = selectorsOf(call);
  const limit = Number(query.get('limit') ?? 0) || 0;
  const token = query.get('continue');
  const from = token ? readContinuation(token) : undefined;
  const exact = exactRevision(call, from);
  const collection = collectionOf(call);
  const within = resource.namespaced ? namespace : undefined;
  const objects = exact === undefined ? collection.sorted(within) : collection.sortedAt(exact);
  if (!objects)
    throw expired(
      from ? continuationExpired : `too old resource version: ${exact} (${collection.oldestRevision})`,
    );
  const revision = exact ?? core.store.revision;
  const chosen = objects.filter(
    (object) =>
      (!within || object.metadata.namespace === within) &&
      (!from || keyOf(object) >= from.start) &&
      matches(object),
  );
  const page = limit > 0 && chosen.length > limit ? chosen.slice(0, limit) : chosen;
  const next = chosen[page.length];
  const isFiltered = query.has('labelSelector') || query.has('fieldSelector');
  const metadata = {
    ...(next ? { continue: writeContinuation({ revision, start: keyOf(next) }) } : {}),
    ...(next && !isFiltered ? { remainingItemCount: chosen.length - page.length } : {}),
    resourceVersion: String(revision),
  };
  return respondList(
    call,
    page.map((object) => present(resource, object)),
    metadata,
  );
}

function respondList(call: Call, objects: KubeObject[], metadata: Record<string, unknown>): Response {
  const { accept, resource } = call;
  if (accept.as === 'Table') {
    return respond(tableOf(resource.columns(), objects, { metadata, include: includeOf(call) }), {
      as: accept,
    });
  }
  if (accept.as === 'PartialObjectMetadataList') {
    const items = objects.map(partialMetadata);
    return respond({ kind: accept.as, apiVersion: 'meta.k8s.io/v1', metadata, items }, { as: accept });
  }
  const head = { kind: resource.listKind, apiVersion: groupVersion(resource) };
  // Lists of custom resources always carry `continue`, those of built-in kinds only when there is more.
  const meta = resource.builtin ? metadata : { continue: '', ...metadata };
  const text = `{"apiVersion":${JSON.stringify(head.apiVersion)},"items":[${objects.map(resource.builtin ? bareJsonOf : jsonOf).join(',')}],"kind":${JSON.stringify(head.kind)},"metadata":${JSON.stringify(meta)}}`;
  return respond(text, { as: accept });
}

/** The state that a list must show: that of its first chunk, or exactly the asked one; `undefined` is "now". */
function exactRevision(call: Call, from: Continuation | undefined): number | undefined {
  const { query } = call.info;
  const asked = readRevision(query.get('resourceVersion'));
  const match = query.get('resourceVersionMatch');
  if (match && match !== 'Exact' && match !== 'NotOlderThan') {
    throw invalid({ group: 'meta.k8s.io', resource: 'ListOptions' }, '', [
      {
        field: 'resourceVersionMatch',
        reason: 'FieldValueNotSupported',
        message: `Unsupported value: ${JSON.stringify(match)}: supported values: "Exact", "NotOlderThan", ""`,
      },
    ]);
  }
  if (match && asked === undefined) {
    throw invalid({ group: 'meta.k8s.io', resource: 'ListOptions' }, '', [
      {
        field: 'resourceVersionMatch',
        reason: 'FieldValueForbidden',
        message: 'Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided',
      },
    ]);
  }
  if (from) {
    if (asked) throw badRequest('specifying resource version is not allowed when using continue');
    return from.revision;
  }
  if (asked === undefined || asked === 0) {
    if (match === 'Exact') {
      throw invalid({ group: 'meta.k8s.io', resource: 'ListOptions' }, '', [
        invalidValue(
          'resourceVersion',
          '0',
          'resourceVersionMatch "Exact" is forbidden for resourceVersion "0"',
        ),
      ]);
    }
    return undefined;
  }
  const { revision } = call.core.store;
  if (asked > revision) throw tooLarge(asked, revision);
  const isChunked = Number(query.get('limit') ?? 0) > 0;
  return match === 'Exact' || (!match && isChunked) ? asked : undefined;
}

/** The answer to a resource version from the future: try again in a second. */
export function tooLarge(asked: number, current: number): ApiError {
  const cause = { reason: 'ResourceVersionTooLarge', message: 'Too large resource version' };
  return new ApiError(
    504,
    'Timeout',
    `Timeout: Too large resource version: ${asked}, current: ${current}`,
    { causes: [cause], retryAfterSeconds: 1 },
    { 'retry-after': '1' },
  );
}

const continuationExpired =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter.';

function writeContinuation({ revision, start }: Continuation): string {
  return Buffer.from(JSON.stringify({ v: 'meta.k8s.io/v1', rv: revision, start })).toString('base64url');
}

function readContinuation(token: string): Continuation {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(token, 'base64url').toString());
    if (isObject(parsed) && typeof parsed.rv === 'number' && typeof parsed.start === 'string') {
      return { revision: parsed.rv, start: parsed.start };
    }
  } catch {
    // Not one of ours: refused below.
  }
  throw badRequest('continue key is not valid: illegal base64 data');
}
