import 'server-only';
import type { Context } from '@/lib/kube/context';
import { ConnectionError, cannotBeTried, KubeError } from '@/lib/kube/errors';
import { ProblemError } from '@/lib/kube/problem';
import type { KubeObject, Manifest, ResourceRef } from '@/lib/kube/types';
import type { InstallStep } from '../install-contract';
import { namespaces, operatorGroups, subscriptions } from './refs';

// Once writing has begun it is finished or undone, also when the reader has gone away.
const WRITE_TIMEOUT_MS = 60_000;
const UNDO_TIMEOUT_MS = 20_000;

const refOfKind: Record<string, ResourceRef> = {
  Namespace: namespaces,
  OperatorGroup: operatorGroups,
  Subscription: subscriptions,
};

interface Made {
  step: InstallStep;
  ref: ResourceRef;
  name: string;
  namespace?: string;
  uid: string;
}

/** The writes of one installation: it knows what became of each object, and undoes what it made. */
export class InstallRun {
  readonly #context: Context;
  readonly #steps = new Map<Manifest, InstallStep>();
  readonly #before: InstallStep[] = [];
  readonly #made: Made[] = [];
  readonly #signal = AbortSignal.timeout(WRITE_TIMEOUT_MS);

  constructor(context: Context, manifests: readonly Manifest[]) {
    this.#context = context;
    for (const manifest of manifests) {
      const { name, generateName, namespace } = manifest.metadata;
      this.#steps.set(manifest, {
        apiVersion: manifest.apiVersion,
        kind: manifest.kind,
        name: name ?? generateName ?? '',
        namespace,
        outcome: 'unchecked',
      });
    }
  }

  steps(): InstallStep[] {
    return [...this.#before, ...this.#steps.values()];
  }

  /** Notes an object that was there before. */
  exists(apiVersion: string, kind: string, name: string): void {
    this.#before.push({ apiVersion, kind, name, outcome: 'exists' });
  }

  /** Notes objects that can't be checked because their namespace does not exist yet. */
  leaveUnchecked(manifests: readonly Manifest[]): void {
    for (const manifest of manifests) {
      this.#step(manifest).detail = 'It can be checked once its namespace exists.';
    }
  }

  /** Sends an object with `dryRun=All`; where a webhook allows no trial, it stays unchecked. @throws ProblemError when it is refused, after undoing what was made */
  async check(manifest: Manifest): Promise<void> {
    const step = this.#step(manifest);
    try {
      await this.#send(manifest, true);
      step.outcome = 'accepted';
    } catch (error) {
      if (cannotBeTried(error)) {
        step.detail = error instanceof Error ? error.message : undefined;
        return;
      }
      await this.#fail(step, error);
    }
  }

  /** Creates an object. @throws ProblemError when it is refused, after undoing what was made */
  async create(manifest: Manifest): Promise<void> {
    const step = this.#step(manifest);
    try {
      const object = await this.#send(manifest, false).catch((error) => this.#afterSilence(manifest, error));
      step.outcome = 'created';
      step.name = object.metadata.name;
      const { name, namespace, uid } = object.metadata;
      this.#made.push({ step, ref: this.#ref(manifest), name, namespace, uid });
    } catch (error) {
      await this.#fail(step, error);
    }
  }

  /** A request without an answer may still have been served: looks whether the object exists after all. */
  async #afterSilence(manifest: Manifest, error: unknown): Promise<KubeObject> {
    const { name, namespace } = manifest.metadata;
    if (!(error instanceof ConnectionError) || !name) throw error;
    const signal = AbortSignal.timeout(UNDO_TIMEOUT_MS);
    return this.#context.kube
      .get<KubeObject>(this.#ref(manifest), name, { namespace, signal })
      .catch(() => Promise.reject(error));
  }

  async #send(manifest: Manifest, dryRun: boolean): Promise<KubeObject> {
    const options = { namespace: manifest.metadata.namespace, dryRun, signal: this.#signal };
    return this.#context.kube.create<KubeObject>(this.#ref(manifest), manifest, options);
  }

  async #fail(step: InstallStep, error: unknown): Promise<never> {
    step.outcome = 'refused';
    step.detail = error instanceof Error ? error.message : undefined;
    await this.#undo();
    throw this.#problem(step, error);
  }

  /** Removes what this run made, last first, each only if it is still the very object that was made. */
  async #undo(): Promise<void> {
    const signal = AbortSignal.timeout(UNDO_TIMEOUT_MS);
    for (const { step, ref, name, namespace, uid } of this.#made.reverse()) {
      try {
        await this.#context.kube.delete(ref, name, { namespace, uid, signal });
        step.outcome = 'removed';
      } catch (error) {
        const gone = error instanceof KubeError && error.status === 404;
        step.outcome = gone ? 'removed' : 'left';
        step.detail = gone || !(error instanceof Error) ? undefined : error.message;
      }
    }
    for (const step of this.#steps.values()) {
      if (step.outcome === 'accepted') step.outcome = 'unchecked';
    }
  }

  #problem(step: InstallStep, error: unknown): unknown {
    if (!(error instanceof KubeError) && !(error instanceof ConnectionError)) return error;
    const { cluster, verb, resource } = error.place;
    const where = step.namespace ? ` in namespace "${step.namespace}"` : '';
    const left = this.steps().filter(({ outcome }) => outcome === 'left');
    const leftovers =
      left.length > 0 ? ` Not removed: ${left.map(({ kind, name }) => `${kind} "${name}"`).join(', ')}.` : '';
    const answered = error instanceof KubeError ? `and answered: ${error.message}` : `but: ${error.message}`;
    return new ProblemError(
      problemCode(error),
      `Cluster "${cluster}" was asked to create ${step.kind} "${step.name}"${where} ${answered}${leftovers}`,
      {
        cluster,
        verb,
        resource,
        namespace: step.namespace,
        name: step.name,
        reason: error instanceof KubeError ? error.reason || undefined : undefined,
        steps: this.steps(),
      },
    );
  }

  #step(manifest: Manifest): InstallStep {
    const step = this.#steps.get(manifest);
    if (!step) throw new TypeError('this object is not part of the installation');
    return step;
  }

  #ref({ kind }: Manifest): ResourceRef {
    const ref = refOfKind[kind];
    if (!ref) throw new TypeError(`an installation makes no ${kind}`);
    return ref;
  }
}

function problemCode(error: KubeError | ConnectionError): string {
  if (error instanceof ConnectionError) return 'cluster-unreachable';
  const codes: Record<number, string> = {
    401: 'unauthenticated',
    403: 'forbidden',
    404: 'not-found',
    409: 'conflict',
    422: 'invalid-input',
    429: 'too-many-requests',
  };
  return codes[error.status] ?? 'refused-by-cluster';
}
