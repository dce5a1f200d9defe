import type { ClusterServiceVersion, Subscription } from '../api.ts';
import { isCopied } from '../api.ts';
import type { Gvk } from '../catalog/model.ts';
import {
  bundleCandidate,
  type Candidate,
  candidatesOf,
  channelOrder,
  existingCandidate,
  inRange,
  NoOperators,
  type ResolverCatalog,
} from './candidates.ts';

/** The constraints of a namespace can't be met together; the message lists those in the way, as OLM words them. */
export class NotSatisfiable extends Error {
  constructor(reasons: Iterable<string>) {
    super(`constraints not satisfiable: ${[...new Set(reasons)].sort().join(', ')}`);
  }
}

export interface ResolvedOperator {
  candidate: Candidate & { bundle: NonNullable<Candidate['bundle']> };
  /** The Subscription that asked for it; absent for a dependency. */
  subscription?: Subscription;
}

/**
 * Chooses for every Subscription of a namespace the version that should run, and what their dependencies add.
 * One package stands for at most one operator and one API for at most one provider (OLM v0's resolver).
 * @returns only what is not installed yet, sorted by CSV name; empty when the namespace is up to date
 * @throws NotSatisfiable
 */
export function resolve(
  subscriptions: Subscription[],
  csvs: ClusterServiceVersion[],
  catalogs: ResolverCatalog[],
): ResolvedOperator[] {
  const own = csvs.filter((csv) => !isCopied(csv));
  const installed = new Map(own.map((csv) => [csv.metadata.name ?? '', existingCandidate(csv)]));
  const claimed = new Set<string>();
  const choices: Choice[] = [];
  const broken: string[] = [];
  for (const subscription of [...subscriptions].sort(byName)) {
    const existing = existingOf(subscription, installed);
    if (existing) claimed.add(existing.csvName);
    try {
      choices.push({ subscription, candidates: candidatesOf(subscription, catalogs, existing) });
    } catch (error) {
      if (!(error instanceof NoOperators)) throw error;
      broken.push(error.message, `subscription ${subscription.metadata.name} exists`);
    }
  }
  if (broken.length > 0) throw new NotSatisfiable(broken);

  const solution = new Solution(catalogs, [...installed.values()]);
  for (const orphan of installed.values()) {
    if (claimed.has(orphan.csvName)) continue;
    solution.force(
      orphan,
      `clusterserviceversion ${orphan.csvName} exists and is not referenced by a subscription`,
    );
  }
  return solution
    .solve(choices)
    .flatMap(({ candidate, subscription }) => {
      const { bundle } = candidate;
      if (!bundle) return [];
      return [{ candidate: { ...candidate, bundle }, ...(subscription ? { subscription } : {}) }];
    })
    .sort((a, b) => (a.candidate.csvName < b.candidate.csvName ? -1 : 1));
}

function existingOf(subscription: Subscription, installed: Map<string, Candidate>): Candidate | undefined {
  const { currentCSV, installedCSV } = subscription.status ?? {};
  return installed.get(installedCSV ?? '') ?? installed.get(currentCSV ?? '');
}

interface Choice {
  subscription: Subscription;
  candidates: Candidate[];
}

interface Chosen {
  candidate: Candidate;
  subscription?: Subscription;
}

/** A depth-first search that keeps OLM's order of preference and remembers what stood in the way. */
class Solution {
  readonly #catalogs: ResolverCatalog[];
  readonly #installed: Candidate[];
  readonly #chosen: Chosen[] = [];
  readonly #reasons: string[] = [];
  readonly #conflicts = new Set<string>();
  #steps = 0;

  constructor(catalogs: ResolverCatalog[], installed: Candidate[]) {
    this.#catalogs = catalogs;
    this.#installed = installed;
  }

  /** Puts something in that nobody may leave out. */
  force(candidate: Candidate, reason: string): void {
    this.#chosen.push({ candidate });
    this.#reasons.push(reason);
  }

  solve(choices: Choice[]): Chosen[] {
    if (this.#choose(choices, 0)) return this.#chosen;
    for (const { subscription, candidates } of choices) {
      const name = subscription.metadata.name;
      this.#conflicts.add(`subscription ${name} exists`);
      this.#conflicts.add(`subscription ${name} requires ${oneOf(candidates.map(({ id }) => id))}`);
    }
    throw new NotSatisfiable([...this.#conflicts, ...this.#reasons]);
  }

  #choose(choices: Choice[], index: number): boolean {
    const choice = choices[index];
    if (!choice) return true;
    const { subscription, candidates } = choice;
    return this.#first(candidates, subscription, () => this.#choose(choices, index + 1));
  }

  /** Takes the first candidate with which the rest works out too, and undoes the others. */
  #first(candidates: Candidate[], subscription: Subscription | undefined, rest: () => boolean): boolean {
    for (const candidate of candidates) {
      // Catalogues are foreign: a maze of dependencies ends as "not satisfiable", not as a hung controller.
      if (++this.#steps > 20_000) return false;
      const mark = this.#chosen.length;
      if (this.#add(candidate, subscription) && this.#dependencies(candidate, 0, rest)) return true;
      this.#chosen.length = mark;
    }
    return false;
  }

  #add(candidate: Candidate, subscription: Subscription | undefined): boolean {
    const same = this.#chosen.find((it) => it.candidate.id === candidate.id);
    if (same) {
      // Asked for twice: once as a dependency, once by a Subscription.
      if (subscription && !same.subscription) same.subscription = subscription;
      return true;
    }
    for (const { candidate: other } of this.#chosen) {
      const api = candidate.provided.find((gvk) => other.provided.some((it) => sameApi(it, gvk)));
      const [first, second] = [other.id, candidate.id].sort();
      if (api) {
        this.#conflicts.add(`${first} and ${second} provide ${api.kind} (${api.group}/${api.version})`);
      } else if (candidate.packageName !== '' && candidate.packageName === other.packageName) {
        this.#conflicts.add(`${first} and ${second} originate from package ${candidate.packageName}`);
      } else continue;
      return false;
    }
    this.#chosen.push({ candidate, ...(subscription ? { subscription } : {}) });
    return true;
  }

  #dependencies(of: Candidate, index: number, rest: () => boolean): boolean {
    const needs = [...of.requiredPackages.map(packageNeed), ...of.requiredApis.map(apiNeed)];
    const need = needs[index];
    // What runs already has proven itself; OLM checks only what it is about to install.
    if (!need || !of.bundle) return rest();
    const next = () => this.#dependencies(of, index + 1, rest);
    if (this.#chosen.some(({ candidate }) => need.met(candidate))) return next();
    const providers = this.#providers(need, of);
    if (this.#first(providers, undefined, next)) return true;
    this.#conflicts.add(`bundle ${of.csvName} requires ${need.text}`);
    return false;
  }

  /** Who meets a need: what is installed, then the dependent's own catalog, then the others by priority. */
  #providers(need: Need, of: Candidate): Candidate[] {
    const home = of.bundle?.catalog;
    const catalogs = [...this.#catalogs].sort((a, b) => {
      if ((a === home) !== (b === home)) return a === home ? -1 : 1;
      return b.priority - a.priority || (a.name < b.name ? -1 : 1);
    });
    const found = this.#installed.filter(need.met);
    for (const catalog of catalogs) {
      for (const owner of catalog.content.packages.values()) {
        if (need.packageName !== undefined && owner.name !== need.packageName) continue;
        const channels = [...owner.channels.values()].sort(
          (a, b) => Number(b.name === owner.defaultChannel) - Number(a.name === owner.defaultChannel),
        );
        for (const channel of channels) {
          for (const name of channelOrder(channel)) {
            const bundle = owner.bundles.get(name);
            if (!bundle) continue;
            const candidate = bundleCandidate(catalog, owner, channel, bundle);
            if (need.met(candidate)) found.push(candidate);
          }
        }
      }
    }
    return found;
  }
}

interface Need {
  text: string;
  packageName?: string;
  met: (candidate: Candidate) => boolean;
}

function packageNeed({ packageName, versionRange }: { packageName: string; versionRange: string }): Need {
  return {
    text: `an operator with package: ${packageName} and with version in range: ${versionRange}`,
    packageName,
    met: (candidate) => candidate.packageName === packageName && inRange(candidate.version, versionRange),
  };
}

function apiNeed(gvk: Gvk): Need {
  const { group, version, kind } = gvk;
  return {
    text: `an operator providing an API with group: ${group}, version: ${version}, kind: ${kind}`,
    met: (candidate) => candidate.provided.some((it) => sameApi(it, gvk)),
  };
}

function sameApi(a: Gvk, b: Gvk): boolean {
  return a.group === b.group && a.version === b.version && a.kind === b.kind;
}

function oneOf(ids: string[]): string {
  if (ids.length < 2) return ids[0] ?? '';
  return `at least one of ${ids.slice(0, -1).join(', ')} or ${ids.at(-1)}`;
}

function byName(a: Subscription, b: Subscription): number {
  return (a.metadata.name ?? '') < (b.metadata.name ?? '') ? -1 : 1;
}
