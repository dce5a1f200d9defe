import type { KubeObject } from './client/types.ts';

/** One container image that a node wants to pull, and for whom. */
export interface Pull {
  image: string;
  container: string;
  pod: KubeObject;
}

/** Says that an image can't be pulled, by answering false. */
export type PullCheck = (pull: Pull) => boolean | Promise<boolean>;

/**
 * What the nodes of a cluster would meet outside it: registries that lack an image, programs that never get ready.
 * Content and faults set it, the kubelet asks; nothing here writes a status.
 */
export class NodeBehaviour {
  readonly #absentImages = new Set<string>();
  readonly #neverReady = new Set<string>();
  readonly #checks: PullCheck[] = [];

  /** No registry has this image. */
  refuseImage(image: string): void {
    this.#absentImages.add(image);
  }

  allowImage(image: string): void {
    this.#absentImages.delete(image);
  }

  /** Adds a rule that every pull must pass. */
  addPullCheck(check: PullCheck): void {
    this.#checks.push(check);
  }

  async canPull(pull: Pull): Promise<boolean> {
    if (this.#absentImages.has(pull.image)) return false;
    for (const check of this.#checks) if (!(await check(pull))) return false;
    return true;
  }

  /** Containers of this image start but never pass their readiness probe. */
  keepUnready(image: string): void {
    this.#neverReady.add(image);
  }

  allowReady(image: string): void {
    this.#neverReady.delete(image);
  }

  becomesReady(image: string): boolean {
    return !this.#neverReady.has(image);
  }
}
