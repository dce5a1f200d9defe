import { parseJsonText } from '../codec.ts';
import { isObject } from '../json.ts';
import { jsonType } from '../schema/go-decode.ts';
import { badRequest } from '../status.ts';

/**
 * Reads the body of a merge patch or a strategic merge patch, which is an object.
 * @throws 400 in the words of the real server's decoder
 */
export function readMergePatch(text: string, prefix = ''): Record<string, unknown> {
  const { value, problem } = parseJsonText(text);
  if (problem !== undefined) throw badRequest(`${prefix}${problem}`);
  if (isObject(value)) return value;
  throw badRequest(
    `${prefix}json: cannot unmarshal ${jsonType(value)} into Go value of type map[string]interface {}`,
  );
}

/** Reads the body of a JSON patch. @throws 400 in the words of the real server's decoder */
export function readJsonPatch(text: string): unknown {
  const { value, problem } = parseJsonText(text);
  if (problem !== undefined) throw badRequest(problem);
  return value;
}

/** A value as Go's `%+v` prints it: `map[spec:map[replicas:x]]`. */
export function printed(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  if (Array.isArray(value)) return `[${value.map(printed).join(' ')}]`;
  if (!isObject(value)) return String(value);
  const members = Object.keys(value).sort();
  return `map[${members.map((key) => `${key}:${printed(value[key])}`).join(' ')}]`;
}
