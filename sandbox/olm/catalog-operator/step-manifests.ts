import { StatusError } from '../../client/status-error.ts';
import type { KubeObject } from '../../client/types.ts';
import type { InstallPlan, Step } from '../api.ts';
import type { OlmContext } from '../context.ts';
import { type BundleOrigin, stepsOf } from './steps.ts';
import { manifestsIn } from './unpack.ts';

/** What stands in a step instead of its manifest when the bundle was unpacked from an image. */
interface Reference {
  kind?: string;
  name?: string;
  namespace?: string;
  catalogSourceName?: string;
  replaces?: string;
  properties?: string;
}

/** Finds the objects of a plan's steps; each unpacked bundle is read once. Throws in the words that OLM puts on the plan. */
export class StepManifests {
  readonly #olm: OlmContext;
  readonly #plan: InstallPlan;
  readonly #unpacked = new Map<string, Promise<Map<string, string>>>();

  constructor(olm: OlmContext, plan: InstallPlan) {
    this.#olm = olm;
    this.#plan = plan;
  }

  async of(step: Step): Promise<KubeObject> {
    const text = step.resource.manifest ?? '{}';
    const parsed = JSON.parse(text) as KubeObject & Reference;
    if (parsed.kind !== 'ConfigMap' || parsed.catalogSourceName === undefined) return parsed;
    let unpacked = this.#unpacked.get(text);
    if (!unpacked) {
      unpacked = this.#unpack(step, parsed);
      this.#unpacked.set(text, unpacked);
    }
    const { kind, name } = step.resource;
    const manifest = (await unpacked).get(`${kind}/${name}`);
    if (manifest === undefined) {
      throw new Error(`couldn't find unpacked step for resource ${kind} ${name} of ${step.resolving}`);
    }
    return JSON.parse(manifest) as KubeObject;
  }

  async #unpack(step: Step, reference: Reference): Promise<Map<string, string>> {
    const key = { namespace: reference.namespace ?? '', name: reference.name ?? '' };
    const manifests = await manifestsIn(this.#olm, key).catch((error: unknown) => {
      if (error instanceof StatusError && error.code === 404) return [];
      throw error;
    });
    if (manifests.length === 0) return new Map();
    const steps = stepsOf(manifests, originOf(this.#plan, step, reference));
    return new Map(
      steps.map(({ resource }) => [`${resource.kind}/${resource.name}`, resource.manifest ?? '{}']),
    );
  }
}

/** As much of the bundle's origin as the step still knows: enough to make the very objects that were planned. */
function originOf(plan: InstallPlan, step: Step, { replaces, properties }: Reference): BundleOrigin {
  const parsed = JSON.parse(properties || '{}') as { properties?: { type: string; value: unknown }[] };
  return {
    bundle: {
      name: step.resolving,
      packageName: '',
      version: '',
      image: '',
      properties: parsed.properties ?? [],
      relatedImages: [],
      provided: [],
      requiredApis: [],
      requiredPackages: [],
    },
    replaces: replaces || undefined,
    catalogName: step.resource.sourceName,
    catalogNamespace: step.resource.sourceNamespace,
    namespace: plan.metadata.namespace ?? '',
  };
}
