import { now } from '../../now.ts';
import type { Call } from '../core.ts';
import type { Writer } from '../fields/managed-fields.ts';
import { badRequest, invalid, invalidValue, notSupported } from '../status.ts';

export interface WriteMode {
  dryRun: boolean;
  fieldValidation: 'Strict' | 'Warn' | 'Ignore';
  writer: Writer;
}

/**
 * Reads the query options that all writes share.
 * @throws 422 for values that Kubernetes does not know
 */
export function writeMode(call: Call, optionsKind: string): WriteMode {
  const { query, subresource } = call.info;
  const fieldValidation = query.get('fieldValidation') || 'Warn';
  if (fieldValidation !== 'Strict' && fieldValidation !== 'Warn' && fieldValidation !== 'Ignore') {
    throw invalid({ group: 'meta.k8s.io', resource: optionsKind }, '', [
      notSupported('fieldValidation', fieldValidation, ['Ignore', 'Strict', 'Warn']),
    ]);
  }
  return {
    dryRun: isDryRun(query.getAll('dryRun'), optionsKind),
    fieldValidation,
    writer: { manager: managerOf(call), subresource, time: now() },
  };
}

/** `dryRun` may only be `All`. */
export function isDryRun(values: string[], optionsKind: string): boolean {
  const given = values.filter((value) => value !== '');
  const wrong = given.find((value) => value !== 'All');
  if (wrong !== undefined) {
    throw invalid({ group: 'meta.k8s.io', resource: optionsKind }, '', [
      notSupported('dryRun', wrong, ['All']),
    ]);
  }
  return given.length > 0;
}

/** The field manager: as asked, else what the user agent calls itself before the slash. */
export function managerOf(call: Call): string {
  const asked = call.info.query.get('fieldManager');
  if (asked) {
    if (asked.length <= 128) return asked;
    throw invalid({ group: 'meta.k8s.io', resource: 'PatchOptions' }, '', [
      invalidValue('fieldManager', asked, 'may not be more than 128 bytes'),
    ]);
  }
  const agent = call.request.headers.get('user-agent') ?? '';
  return agent.split('/')[0]?.slice(0, 128) || 'unknown';
}

/**
 * A resource version given as a query parameter.
 * @throws 400 when it is not a number
 */
export function readRevision(text: string | null): number | undefined {
  if (text === null || text === '') return undefined;
  if (/^\d+$/.test(text)) return Number(text);
  const problem = `strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`;
  throw badRequest(
    `invalid resource version: resourceVersion: Invalid value: ${JSON.stringify(text)}: ${problem}`,
  );
}
