import 'server-only';
import type { z } from 'zod';
import { ProblemError } from '@/lib/kube/problem';
import { refuseDeepValue } from '@/lib/yaml/shallow';

const MAX_BODY_BYTES = 1024 * 1024;

/** Checks foreign input against a schema. @throws ProblemError `invalid-input` naming every wrong field. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const fields = result.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  const summary = fields.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('; ');
  throw new ProblemError('invalid-input', summary, { fields });
}

/** Reads a JSON body of at most 1 MiB. @throws ProblemError for another type, a larger body, or no JSON. */
export async function readBody(request: Request): Promise<unknown> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    throw new ProblemError('unsupported-media-type', `Send application/json; this is ${type ?? 'untyped'}.`);
  }
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const chunk of request.body ?? []) {
    // A request body of fetch is a stream of bytes.
    const bytes = chunk as Uint8Array;
    size += bytes.length;
    if (size > MAX_BODY_BYTES)
      throw new ProblemError('too-large', `The body is larger than ${MAX_BODY_BYTES} bytes.`);
    text += decoder.decode(bytes, { stream: true });
  }
  let value: unknown;
  try {
    value = JSON.parse(text + decoder.decode());
  } catch {
    throw new ProblemError('invalid-input', 'The body is not JSON.');
  }
  try {
    refuseDeepValue(value);
  } catch (error) {
    throw new ProblemError(
      'invalid-input',
      `The body can't be taken: ${error instanceof Error ? error.message : ''}.`,
    );
  }
  return value;
}
