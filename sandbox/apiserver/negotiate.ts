import { stringify } from 'yaml';
import { ApiError } from './status.ts';

/** What a client wants a body to be. */
export interface Negotiated {
  mediaType: 'application/json' | 'application/yaml';
  /** `Table`, `PartialObjectMetadata`, `PartialObjectMetadataList`, `APIGroupDiscoveryList`, or nothing special. */
  as?: string;
  /** Version of the special form, e.g. `v1` or `v2beta1`. */
  version?: string;
  group?: string;
}

const produced = 'application/json, application/yaml, application/vnd.kubernetes.protobuf';

/**
 * Picks the first acceptable form of an `Accept` header (quality values are honoured only as order).
 * @throws 406 when none fits; protobuf alone does not, the sandbox speaks JSON and YAML
 */
export function negotiate(accept: string | null, forms: readonly string[] = []): Negotiated {
  if (!accept) return { mediaType: 'application/json' };
  for (const clause of accept.split(',')) {
    const [type = '', ...parameters] = clause.split(';').map((part) => part.trim());
    const mediaType = mediaTypes[type.toLowerCase()];
    if (!mediaType) continue;
    const wanted = new Map(parameters.map((parameter) => parameter.split('=', 2) as [string, string]));
    const as = wanted.get('as');
    if (as === undefined) return { mediaType };
    if (!forms.includes(as)) continue;
    return { mediaType, as, version: wanted.get('v') ?? '', group: wanted.get('g') ?? '' };
  }
  throw new ApiError(406, 'NotAcceptable', `only the following media types are accepted: ${produced}`);
}

const mediaTypes: Record<string, Negotiated['mediaType']> = Object.assign(Object.create(null), {
  'application/json': 'application/json',
  'application/*': 'application/json',
  '*/*': 'application/json',
  'application/yaml': 'application/yaml',
});

/** Serialises `body`; `text` is its JSON when the caller has that already. */
export function respond(
  body: unknown,
  {
    status = 200,
    headers = {},
    as,
  }: { status?: number; headers?: Record<string, string>; as?: Negotiated } = {},
): Response {
  const mediaType = as?.mediaType ?? 'application/json';
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const content = mediaType === 'application/yaml' ? stringify(JSON.parse(text)) : `${text}\n`;
  return new Response(content, { status, headers: { 'content-type': mediaType, ...common, ...headers } });
}

/** Headers that the API server puts on every answer. */
export const common = { 'cache-control': 'no-cache, private' };

/** A failure as a Status in the format that was asked for; one that is no ApiError is a 500 and told on standard error. */
export function respondError(error: unknown, as?: Negotiated): Response {
  if (error instanceof ApiError) {
    const headers =
      error.code === 403 ? { ...error.headers, 'x-content-type-options': 'nosniff' } : error.headers;
    return respond(error.status, { status: error.code, headers, ...(as ? { as } : {}) });
  }
  const message = `Internal error occurred: ${error instanceof Error ? error.message : String(error)}`;
  const failure = new ApiError(500, 'InternalError', message, { causes: [{ message }] });
  process.stderr.write(
    `sandbox: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  return respond(failure.status, { status: 500 });
}

/** The plain text with which an API server answers a path that it does not know. */
export function pageNotFound(): Response {
  return new Response('404 page not found\n', {
    status: 404,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff', ...common },
  });
}
