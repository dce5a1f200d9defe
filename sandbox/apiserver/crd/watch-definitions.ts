import type { KubeObject } from '../../client/types.ts';
import { now } from '../../now.ts';
import { apiService } from '../api-service.ts';
import type { Core } from '../core.ts';
import { arrayAt, at } from '../json.ts';
import { crdGroup, crdResource } from '../registry.ts';
import { namingStatus } from './naming.ts';

const serviceGroup = 'apiregistration.k8s.io';
const automanaged = 'kube-aggregator.kubernetes.io/automanaged';

type Put = (group: string, resource: string, object: KubeObject) => void;

/** Accepts the names of new CRDs and establishes them, as the apiextensions server's controllers do. */
export function watchDefinitions(core: Core, put: Put): void {
  const { store } = core;
  const definitions = store.collection(crdGroup, crdResource);
  definitions.listen(({ object }) => {
    const { name = '' } = object.metadata;
    // A little later, as on a real server: who creates a CRD sees it unestablished first.
    setTimeout(() => {
      const all = definitions.sorted();
      for (const definition of all) {
        // Names that are given back may be what another one waits for.
        if (definition.metadata.name !== name && !waitsForNames(definition)) continue;
        const status = namingStatus(definition, all, now());
        if (status) store.put(crdGroup, crdResource, { ...definition, status });
      }
      registerServices(core, put);
    }, 5);
  });
}

function waitsForNames(definition: KubeObject): boolean {
  return arrayAt(definition, 'status', 'conditions').some(
    (condition) => at(condition, 'type') === 'NamesAccepted' && at(condition, 'status') === 'False',
  );
}

/** Keeps an APIService for each group version that CRDs serve (kube-aggregator's crd-registration controller). */
function registerServices({ store, registry }: Core, put: Put): void {
  const services = store.collection(serviceGroup, 'apiservices');
  const custom = registry.all().filter(({ builtin }) => !builtin);
  const served = new Map(custom.map(({ group, version }) => [`${version}.${group}`, { group, version }]));
  for (const service of services.sorted()) {
    const { name = '', labels } = service.metadata;
    if (labels?.[automanaged] === 'true' && !served.has(name))
      store.remove(serviceGroup, 'apiservices', service);
  }
  for (const [name, version] of served) {
    if (services.get(name)) continue;
    const service = apiService(version, undefined);
    const metadata = { ...service.metadata, labels: { [automanaged]: 'true' } };
    const spec = { ...version, groupPriorityMinimum: 1_000, versionPriority: 100 };
    put(serviceGroup, 'apiservices', { ...service, metadata, spec });
  }
}
