import { isObject } from '../apiserver/json.ts';
import type { KubeObject } from '../client/types.ts';
import type { Condition } from '../olm/api.ts';

/**
 * What a stream of watch events tells of each object: the sequence of its states, repetitions left out. Plans are
 * told apart by what they install, their names being random.
 */
export class Stories {
  readonly #told = new Map<string, string[]>();

  /** Whose stories were told. */
  get names(): string[] {
    return [...this.#told.keys()];
  }

  of(name: string): string[] | undefined {
    return this.#told.get(name);
  }

  tell(object: KubeObject): void {
    const status = isObject(object.status) ? object.status : {};
    const conditions = (Array.isArray(status.conditions) ? status.conditions : []) as Condition[];
    if (object.kind === 'Subscription') {
      this.#add('Subscription', [status.state, status.installedCSV, status.currentCSV].join(' '));
      for (const { type, status: value, reason } of conditions) {
        this.#once('Subscription conditions', `${type} ${value} ${reason}`);
      }
    } else if (object.kind === 'InstallPlan') {
      const spec = object.spec as { clusterServiceVersionNames: string[]; approved: boolean };
      const steps = ((status.plan ?? []) as { status: string }[]).map((step) => step.status).join();
      const told = conditions.map((it) => `${it.type} ${it.status}`).join();
      this.#add(
        `InstallPlan ${spec.clusterServiceVersionNames}`,
        [status.phase, spec.approved, steps, told].join(' '),
      );
    } else if (object.kind === 'ClusterServiceVersion') {
      this.#add(`CSV ${object.metadata.name}`, [status.phase, status.reason, status.message].join(' '));
    } else if (object.kind === 'Event') {
      const about = object.involvedObject as { kind: string; name: string };
      if (about.kind === 'ClusterServiceVersion') {
        this.#add(`Events ${about.name}`, `${object.reason}: ${object.message}`);
      }
    }
  }

  /** Adds a word unless it was the last one. */
  #add(who: string, word: string): void {
    const story = this.#told.get(who) ?? [];
    if (story.at(-1) !== word) story.push(word);
    this.#told.set(who, story);
  }

  /** Adds a word unless it was said before. */
  #once(who: string, word: string): void {
    if (!this.#told.get(who)?.includes(word)) this.#add(who, word);
  }
}
