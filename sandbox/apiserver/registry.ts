import type { KubeObject } from '../client/types.ts';
import { builtinResources } from './builtin/resources.ts';
import { customResources, isEstablished } from './crd/custom-resource.ts';
import type { AggregatedApi } from './extension.ts';
import { groupVersion, type Resource } from './resource.ts';
import type { Store } from './store.ts';

export const crdGroup = 'apiextensions.k8s.io';
export const crdResource = 'customresourcedefinitions';

/** Everything a cluster serves: built-in resources, those of established CRDs, and aggregated APIs. */
export class Registry {
  readonly #builtin = builtinResources();
  readonly #custom = new Map<string, Resource[]>();
  readonly #aggregated: AggregatedApi[] = [];
  #all: readonly Resource[] = [];
  #byPath = new Map<string, Resource>();
  /** Grows with every change of what is served; discovery and OpenAPI documents are cached under it. */
  generation = 0;

  constructor(store: Store) {
    store.collection(crdGroup, crdResource).listen((change) => {
      if (change.type === 'DELETED') this.#custom.delete(change.object.metadata.name ?? '');
      else this.#learn(change.object);
      this.#rebuild();
    });
    this.#rebuild();
  }

  find(group: string, version: string, resource: string): Resource | undefined {
    return this.#byPath.get(`${group}/${version}/${resource}`);
  }

  /** All resources in discovery order: built-in groups first. */
  all(): readonly Resource[] {
    return this.#all;
  }

  aggregated(group: string, version: string): AggregatedApi | undefined {
    return this.#aggregated.find((api) => api.group === group && api.version === version);
  }

  aggregatedApis(): readonly AggregatedApi[] {
    return this.#aggregated;
  }

  addAggregated(api: AggregatedApi): void {
    this.#aggregated.push(api);
    this.generation++;
  }

  serves(group: string, version: string): boolean {
    return this.all().some((resource) => resource.group === group && resource.version === version);
  }

  #learn(definition: KubeObject): void {
    const { name = '' } = definition.metadata;
    if (isEstablished(definition)) this.#custom.set(name, customResources(definition));
    else this.#custom.delete(name);
  }

  #rebuild(): void {
    this.#all = [...this.#builtin, ...[...this.#custom.values()].flat()];
    this.#byPath = new Map(
      this.all().map((resource) => [`${groupVersion(resource)}/${resource.resource}`, resource]),
    );
    for (const resource of this.#builtin) {
      if (resource.group === '') this.#byPath.set(`/${resource.version}/${resource.resource}`, resource);
    }
    this.generation++;
  }
}
