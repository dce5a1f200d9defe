import { applyPatch, type Operation } from 'rfc6902';
import { isObject } from '../json.ts';
import { ApiError, badRequest } from '../status.ts';

const maxOperations = 10_000;
const operations = new Set(['add', 'remove', 'replace', 'move', 'copy', 'test']);

/**
 * JSON patch (RFC 6902) on a copy of `target`.
 * @throws 400 for what is no patch, 422 when an operation fails, without telling which (as the real server)
 */
export function jsonPatch(target: unknown, patch: unknown): unknown {
  const steps = readOperations(patch);
  const copy: unknown = structuredClone(target);
  for (const step of steps) {
    // Kubernetes' library creates nothing but accepts removal of a missing member as a failure, like RFC 6902.
    const [problem] = applyPatch(copy, [step]);
    if (problem) throw unprocessable();
  }
  return copy;
}

function readOperations(patch: unknown): Operation[] {
  if (!Array.isArray(patch))
    throw badRequest('json: cannot unmarshal object into Go value of type jsonpatch.Patch');
  if (patch.length > maxOperations) {
    throw new ApiError(
      413,
      'RequestEntityTooLarge',
      `The allowed maximum operations in a JSON patch is ${maxOperations}, got ${patch.length}`,
    );
  }
  return patch.map((step: unknown) => {
    if (
      !isObject(step) ||
      typeof step.op !== 'string' ||
      !operations.has(step.op) ||
      typeof step.path !== 'string'
    ) {
      throw unprocessable();
    }
    if (/(^|\/)(__proto__|constructor|prototype)(\/|$)/.test(`${step.path}/${String(step.from ?? '')}`))
      throw unprocessable();
    return asOperation(step);
  });
}

function unprocessable(): ApiError {
  return new ApiError(422, 'Invalid', 'the server rejected our request due to an error in our request', {});
}

/** The checks above have seen to `op` and `path`; rfc6902 reports what else may be missing. */
function asOperation(step: Record<string, unknown>): Operation {
  return { ...step, op: step.op, path: step.path } as Operation;
}
