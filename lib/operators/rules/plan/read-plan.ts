import type { ClusterServiceVersionObject, InstallPlanObject, SubscriptionObject } from '../objects';
import { field, type Json, record, text } from '../untrusted';
import { type BundleFacts, bundleFacts, lookupsOf, stepsOf } from './install-plan';
import { nameOf, parseManifests } from './manifest';
import { describeOperators, type PlanOperator } from './plan-operators';

/** A bundle that steps refer to: its objects, or why they are not known. */
export type ResolvedBundle =
  | { objects: readonly Json[]; problems: readonly { file: string; problem: string }[] }
  | { unread: 'missing' | 'forbidden' | 'failed'; detail?: string };

/** Unpacked bundles by `namespace/name` of their ConfigMaps; one that is not in it was not asked for. */
export type ResolvedBundles = ReadonlyMap<string, ResolvedBundle>;

/** One object that a plan creates or changes. */
export interface PlanStep {
  /** The ClusterServiceVersion for which the step stands in the plan. */
  clusterServiceVersion: string;
  group: string;
  version: string;
  kind: string;
  name: string;
  /** OLM's own word: `Unknown`, `NotPresent`, `Present`, `Created`, `WaitingForApi`, … */
  status: string;
  optional: boolean;
  /**
   * Where its content is: in the plan; in an unpacked bundle; made by OLM from the ClusterServiceVersion's rights;
   * or not to be had, and `problem` says why.
   */
  content: 'plan' | 'bundle' | 'generated' | 'unread';
  problem?: string;
  /** The object itself: foreign, and large for ClusterServiceVersions. */
  manifest?: Json;
}

/** What could not be read, so that a review which is not whole says so. */
export interface PlanProblem {
  id:
    | 'noStatus'
    | 'noSteps'
    | 'tooManySteps'
    | 'bundleMissing'
    | 'bundleForbidden'
    | 'bundleFailed'
    | 'bundleFile'
    | 'manifest';
  /** The ConfigMap as `namespace/name`, or `kind name` of the step. */
  subject: string;
  detail?: string;
}

/** An InstallPlan in a form that a person can review. */
export interface PlanReading {
  /** One per ClusterServiceVersion of the plan, in the plan's order. */
  operators: PlanOperator[];
  steps: PlanStep[];
  /** How many steps the plan has, when that is more than `steps` holds. */
  totalSteps: number;
  problems: PlanProblem[];
}

export interface PlanFacts {
  plan: InstallPlanObject;
  /** The Subscriptions of the plan's namespace. */
  subscriptions: readonly SubscriptionObject[];
  /** The ClusterServiceVersions of the plan's namespace, copies among them or not. */
  clusterServiceVersions: readonly ClusterServiceVersionObject[];
  bundles: ResolvedBundles;
}

// Rights in a bundle's ClusterServiceVersion become these objects; the ConfigMap does not hold them.
const GENERATED = new Set(['ServiceAccount', 'Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding']);

/**
 * Reads an InstallPlan: whose it is, what it installs or upgrades from which version to which, and every object that
 * it creates or changes. Steps of image bundles only refer to the ConfigMap that OLM unpacked the image into: they are
 * resolved from `bundles`, and where that fails the step and `problems` say so.
 */
export function readPlan(facts: PlanFacts): PlanReading {
  const { steps: raw, total } = stepsOf(facts.plan);
  const problems = new Problems();
  if (!facts.plan.status?.phase) problems.add('noStatus', facts.plan.metadata.name);
  else if (total === 0) problems.add('noSteps', facts.plan.metadata.name);
  if (total > raw.length) problems.add('tooManySteps', facts.plan.metadata.name, String(total));

  const bundleFactsByName = lookupsOf(facts.plan);
  const reader = new StepReader(facts.bundles, problems, bundleFactsByName);
  const steps = raw.map((step) => reader.read(step));
  return {
    operators: describeOperators(facts, steps, bundleFactsByName),
    steps,
    totalSteps: total,
    problems: problems.list,
  };
}

/** The ConfigMaps (`namespace`, `name`) whose content `readPlan` needs, each once. */
export function bundlesOf(plan: InstallPlanObject): { namespace: string; name: string }[] {
  const found = new Map<string, { namespace: string; name: string }>();
  for (const step of stepsOf(plan).steps) {
    const reference = referenceOf(manifestText(step));
    if (reference) found.set(reference.key, { namespace: reference.namespace, name: reference.name });
  }
  return [...found.values()];
}

class Problems {
  readonly list: PlanProblem[] = [];
  readonly #seen = new Set<string>();

  add(id: PlanProblem['id'], subject: string, detail?: string): void {
    const key = `${id} ${subject} ${detail ?? ''}`;
    if (this.#seen.has(key) || this.list.length >= 200) return;
    this.#seen.add(key);
    this.list.push({ id, subject, detail });
  }
}

class StepReader {
  readonly #bundles: ResolvedBundles;
  readonly #problems: Problems;
  readonly #facts: Map<string, BundleFacts>;
  readonly #indexed = new Map<string, Map<string, Json>>();
  /** Many steps carry the very same reference, so each text is read once. */
  readonly #references = new Map<string, Reference | undefined>();

  constructor(bundles: ResolvedBundles, problems: Problems, facts: Map<string, BundleFacts>) {
    this.#bundles = bundles;
    this.#problems = problems;
    this.#facts = facts;
  }

  read(step: Json): PlanStep {
    const resource = record(step.resource);
    const base = {
      clusterServiceVersion: text(step.resolving, 253),
      group: text(resource.group, 253),
      version: text(resource.version, 63),
      kind: text(resource.kind, 100),
      name: text(resource.name, 253),
      status: text(step.status, 50) || 'Unknown',
      optional: step.optional === true,
    };
    const source = manifestText(step);
    const reference = this.#referenceOf(source);
    if (reference) {
      if (!this.#facts.has(base.clusterServiceVersion)) {
        this.#facts.set(base.clusterServiceVersion, reference.facts);
      }
      return { ...base, ...this.#resolve(reference, base) };
    }
    const { objects, problem } = source
      ? parseManifests(source)
      : { objects: [], problem: 'it has no manifest' };
    if (problem) {
      this.#problems.add('manifest', `${base.kind} ${base.name}`, problem);
      return { ...base, content: 'unread', problem };
    }
    return { ...base, content: 'plan', manifest: { kind: base.kind, ...objects[0] } };
  }

  #referenceOf(source: string): Reference | undefined {
    // References are short; a whole CustomResourceDefinition is not worth a look.
    if (source.length > 50_000) return undefined;
    if (!this.#references.has(source)) this.#references.set(source, referenceOf(source));
    return this.#references.get(source);
  }

  #resolve(reference: Reference, step: { kind: string; name: string }) {
    const bundle = this.#bundles.get(reference.key) ?? { unread: 'missing' as const };
    const found =
      'unread' in bundle ? undefined : this.#index(reference.key, bundle).get(`${step.kind}/${step.name}`);
    if (found) return { content: 'bundle' as const, manifest: found };
    // Whether a ServiceAccount was in the bundle can't be told without it; that it is plain can.
    if (GENERATED.has(step.kind) && !('unread' in bundle)) return { content: 'generated' as const };
    const problem = this.#problemOf(reference.key, bundle);
    return { content: 'unread' as const, problem };
  }

  #problemOf(key: string, bundle: ResolvedBundle): string {
    if ('unread' in bundle) {
      const id = { missing: 'bundleMissing', forbidden: 'bundleForbidden', failed: 'bundleFailed' } as const;
      this.#problems.add(id[bundle.unread], key, bundle.detail);
      return `ConfigMap ${key} is ${bundle.unread}`;
    }
    for (const { file, problem } of bundle.problems)
      this.#problems.add('bundleFile', key, `${file}: ${problem}`);
    this.#problems.add('bundleFailed', key);
    return `ConfigMap ${key} does not hold it`;
  }

  #index(key: string, bundle: { objects: readonly Json[] }): Map<string, Json> {
    const known = this.#indexed.get(key);
    if (known) return known;
    const index = new Map(
      bundle.objects.map((object) => [`${text(object.kind, 100)}/${nameOf(object)}`, object]),
    );
    this.#indexed.set(key, index);
    return index;
  }
}

interface Reference {
  key: string;
  namespace: string;
  name: string;
  facts: BundleFacts;
}

/** A manifest that only points to an unpacked bundle: a ConfigMap named at its top level, not in `metadata`. */
function referenceOf(source: string): Reference | undefined {
  if (!source.includes('"catalogSourceName"') || !source.includes('"ConfigMap"')) return undefined;
  try {
    const value: unknown = JSON.parse(source);
    const name = text(field(value, 'name'), 253);
    const namespace = text(field(value, 'namespace'), 253);
    if (field(value, 'kind') !== 'ConfigMap' || !name || field(value, 'metadata') !== undefined)
      return undefined;
    return { key: `${namespace}/${name}`, namespace, name, facts: bundleFacts(value) };
  } catch {
    return undefined;
  }
}

function manifestText(step: Json): string {
  const manifest = field(step.resource, 'manifest');
  return typeof manifest === 'string' ? manifest : '';
}
