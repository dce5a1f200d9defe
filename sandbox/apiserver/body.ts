import { decode, mediaTypeOf, readBytes } from './codec.ts';
import { decodeProtobuf } from './protobuf/decode.ts';

/** The text of a request's body, size-limited. @throws 413 */
export async function readText(request: Request): Promise<string> {
  return new TextDecoder().decode(await readBytes(request));
}

/**
 * The decoded body of a request: JSON, YAML, or protobuf where kubectl insists on it; `undefined` when it is empty and
 * may be. `kind` is what the resource expects.
 * @throws 400, 413, 415
 */
export async function readDecoded(
  request: Request,
  kind: string,
  { optional = false } = {},
): Promise<unknown> {
  const bytes = await readBytes(request);
  if (optional && bytes.length === 0) return undefined;
  const contentType = request.headers.get('content-type');
  if (mediaTypeOf(contentType) === 'application/vnd.kubernetes.protobuf') return decodeProtobuf(bytes);
  return decode(new TextDecoder().decode(bytes), contentType, kind);
}
