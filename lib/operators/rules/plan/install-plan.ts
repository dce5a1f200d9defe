import type { InstallPlanObject } from '../objects';
import { field, type Json, record, text } from '../untrusted';

const MAX_STEPS = 5000;

/** `spec.generation`, by which OLM counts the plans of a namespace; 0 where it is missing. */
export function generationOf(plan: InstallPlanObject): number {
  const generation = field(plan.spec, 'generation');
  return typeof generation === 'number' ? generation : 0;
}

/** The Subscriptions that the plan was made for, by its owner references. */
export function ownersOf(plan: InstallPlanObject): { name: string; uid: string }[] {
  const references = field(plan.metadata, 'ownerReferences');
  if (!Array.isArray(references)) return [];
  return references
    .filter((reference) => field(reference, 'kind') === 'Subscription')
    .map((reference) => ({
      name: text(field(reference, 'name'), 253),
      uid: text(field(reference, 'uid'), 128),
    }));
}

/** The steps of `status.plan`, at most 5,000 of them, and how many there are. */
export function stepsOf(plan: InstallPlanObject): { steps: Json[]; total: number } {
  const steps = field(plan.status, 'plan');
  if (!Array.isArray(steps)) return { steps: [], total: 0 };
  return { steps: steps.slice(0, MAX_STEPS).map(record), total: steps.length };
}

/** What OLM knows of a bundle before and after it is unpacked, by the name of its ClusterServiceVersion. */
export interface BundleFacts {
  package?: string;
  version?: string;
  replaces?: string;
}

/** The `status.bundleLookups` of a plan, by the name of the ClusterServiceVersion. */
export function lookupsOf(plan: InstallPlanObject): Map<string, BundleFacts> {
  const lookups = field(plan.status, 'bundleLookups');
  if (!Array.isArray(lookups)) return new Map();
  return new Map(
    lookups.slice(0, 500).map((lookup) => [text(field(lookup, 'identifier'), 253), bundleFacts(lookup)]),
  );
}

/** Reads `replaces` and the `olm.package` property, in the form that bundle lookups and step references share. */
export function bundleFacts(value: unknown): BundleFacts {
  return {
    ...packageProperty(text(field(value, 'properties'), 100_000)),
    replaces: text(field(value, 'replaces'), 253) || undefined,
  };
}

/** The package of a list of properties as OLM writes it: `{"properties":[{"type":"olm.package","value":{…}}]}`. */
export function packageProperty(json: string): BundleFacts {
  if (!json) return {};
  try {
    const properties: unknown = field(JSON.parse(json), 'properties');
    if (!Array.isArray(properties)) return {};
    const found = properties.find((property) => field(property, 'type') === 'olm.package');
    return {
      package: text(field(field(found, 'value'), 'packageName'), 253) || undefined,
      version: text(field(field(found, 'value'), 'version'), 100) || undefined,
    };
  } catch {
    return {};
  }
}
