import { parseAllDocuments } from 'yaml';
import { deeperThan } from './json.ts';
import { ApiError, badRequest } from './status.ts';

/** Request bodies above this get 413 (kube-apiserver `MaxRequestBodyBytes`). */
export const maxBodyBytes = 3 * 1024 * 1024;
/** Go's decoder stops at 10,000 levels; what recurses over objects here is safe up to this many. */
const maxDepth = 500;

const tooLarge = `Request entity too large: limit is ${maxBodyBytes}`;

/** The refusal of a body beyond the API server's limit. */
export function requestEntityTooLarge(): ApiError {
  return new ApiError(413, 'RequestEntityTooLarge', tooLarge);
}

/** Reads a body with the limit applied while it streams, so that an endless one is not collected first. */
export async function readBytes(request: Request): Promise<Uint8Array> {
  if (!request.body) return new Uint8Array();
  if (Number(request.headers.get('content-length') ?? 0) > maxBodyBytes) {
    await request.body.cancel();
    throw requestEntityTooLarge();
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body.getReader();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > maxBodyBytes) {
      await reader.cancel().catch(() => undefined);
      throw requestEntityTooLarge();
    }
    chunks.push(value);
  }
  return Buffer.concat(chunks);
}

const readable = 'application/json, application/yaml, application/vnd.kubernetes.protobuf';

/** The media type of a body without its parameters; absent means JSON. */
export function mediaTypeOf(contentType: string | null): string {
  return (contentType ?? '').split(';')[0]?.trim().toLowerCase() || 'application/json';
}

/**
 * Parses a JSON or YAML body. `kind` is what the resource expects and appears in the error only.
 * @throws 415 for another media type, 400 for text that does not parse or nests too deep
 */
export function decode(text: string, contentType: string | null, kind: string): unknown {
  const type = mediaTypeOf(contentType);
  if (type === 'application/json') return parseJson(text, kind);
  if (type === 'application/yaml' || type === 'application/apply-patch+yaml') return parseYaml(text, kind);
  throw unsupportedMediaType(readable);
}

/** The refusal of a body in a format that is not read; `accepted` names those that are. */
export function unsupportedMediaType(accepted: string): ApiError {
  const message = `the body of the request was in an unknown format - accepted media types include: ${accepted}`;
  return new ApiError(415, 'UnsupportedMediaType', message);
}

/**
 * A JSON document without keys that reach a prototype.
 * @throws ApiError 400 in the API server's words, for what is no JSON or too deep; `kind` is what was expected
 */
export function parseJson(text: string, kind: string): unknown {
  const { value, problem } = parseJsonText(text);
  if (problem !== undefined) throw unrecognised(kind, problem, text);
  return value;
}

/** Parses JSON of a bounded depth, or says what Go's decoder would. */
export function parseJsonText(text: string): { value?: unknown; problem?: string } {
  try {
    // JSON.parse makes `__proto__` an own property, but a later copy by assignment would set a prototype.
    const value: unknown = text.includes('__proto__') ? JSON.parse(text, dropProto) : JSON.parse(text);
    return deeperThan(value, maxDepth) ? { problem: 'exceeded max depth' } : { value };
  } catch (error) {
    return { problem: goJsonError(text, error) };
  }
}

function dropProto(this: unknown, key: string, value: unknown): unknown {
  return key === '__proto__' ? undefined : value;
}

function parseYaml(text: string, kind: string): unknown {
  try {
    const [first] = parseAllDocuments(text, { maxAliasCount: 100 } as never);
    if (!first) return undefined;
    const problem = first.errors[0];
    if (problem) throw problem;
    const value: unknown = first.toJS({ maxAliasCount: 100 });
    return bounded(text.includes('__proto__') ? JSON.parse(JSON.stringify(value), dropProto) : value);
  } catch (error) {
    if (error instanceof ApiError) throw error;
    const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw badRequest(`error parsing the body as YAML (must be of type ${kind}): ${message}`);
  }
}

function bounded(value: unknown): unknown {
  if (deeperThan(value, maxDepth)) throw badRequest('the body nests too deep: exceeded max depth');
  return value;
}

function unrecognised(kind: string, problem: string, text: string): ApiError {
  const sample = text.length > 1024 ? `${text.slice(0, 1024)}...` : text;
  return badRequest(
    `the object provided is unrecognized (must be of type ${kind}): couldn't get version/kind; json parse error: ${problem} (${sample})`,
  );
}

/** Says what Go's encoding/json would say, as far as JavaScript's parser tells which case it is. */
function goJsonError(text: string, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (/end of JSON input|Unterminated|Expected .* \(line|position/.test(message) === false) return message;
  if (/end of JSON input/.test(message)) return 'unexpected end of JSON input';
  const position = Number(/position (\d+)/.exec(message)?.[1] ?? Number.NaN);
  if (Number.isNaN(position) || position >= text.length) return 'unexpected end of JSON input';
  return `invalid character '${text[position]}' looking for beginning of value`;
}
