import { field, text } from '../untrusted';
import type { CrdVersion, RequiredField } from './crd-diff';
import { nameOf } from './manifest';
import { type Refusal, refusalsOf } from './refusals';

const MAX_NODES = 200_000;
const MAX_EXAMPLES = 5;
const MAX_REFUSED = 50;

/** Something that existing objects have or lack, for which the new definition refuses them. */
export interface RefusedObjects extends Refusal {
  version: string;
  count: number;
  examples: string[];
}

/** An existing object, and what a definition refuses about it. */
interface Judged {
  object: unknown;
  refusals: readonly Refusal[];
}

/** Existing objects by the version of which the new definition would judge them. */
export function judge(objects: readonly unknown[], fresh: readonly CrdVersion[]): Map<string, Judged[]> {
  const served = fresh.filter((version) => version.served);
  return new Map(
    served.map(({ name, schema }) => {
      const budget = { nodes: MAX_NODES };
      return [name, objects.map((object) => ({ object, refusals: refusalsOf(object, schema, budget) }))];
    }),
  );
}

export function lackedBy(judged: readonly Judged[], path: string): { count: number; examples: string[] } {
  const lacking = judged.filter(({ refusals }) =>
    refusals.some((refusal) => refusal.rule === 'required' && refusal.path === path),
  );
  return {
    count: lacking.length,
    examples: lacking.slice(0, MAX_EXAMPLES).map(({ object }) => fullName(object)),
  };
}

/**
 * What makes existing objects invalid, as OLM finds it before it updates a definition: in every version that was
 * served and stays served. Objects come in one version; what a webhook would make of them in another is not known.
 */
export function refusedObjects(
  judged: ReadonlyMap<string, Judged[]>,
  before: unknown,
  oldVersions: readonly CrdVersion[],
  told: readonly RequiredField[],
): RefusedObjects[] {
  const old = new Set(oldVersions.flatMap(({ name, served }) => (served ? [name] : [])));
  const converted = field(field(field(before, 'spec'), 'conversion'), 'strategy') === 'Webhook';
  const found = new Map<string, RefusedObjects>();
  for (const [version, ones] of judged) {
    if (!old.has(version)) continue;
    const known = new Set(told.filter((one) => one.version === version).map(({ path }) => path));
    for (const { object, refusals } of ones) {
      if (converted && !text(field(object, 'apiVersion'), 400).endsWith(`/${version}`)) continue;
      for (const refusal of refusals) {
        if (refusal.rule === 'required' && known.has(refusal.path)) continue;
        const key = `${version} ${refusal.rule} ${refusal.path}`;
        const entry = found.get(key) ?? { ...refusal, version, count: 0, examples: [] };
        entry.count += 1;
        if (entry.examples.length < MAX_EXAMPLES) entry.examples.push(fullName(object));
        found.set(key, entry);
      }
    }
  }
  return [...found.values()].slice(0, MAX_REFUSED);
}

function fullName(object: unknown): string {
  const namespace = text(field(field(object, 'metadata'), 'namespace'), 253);
  return namespace ? `${namespace}/${nameOf(object)}` : nameOf(object);
}
