import { runController, watchOf } from '../../client/controller.ts';
import type { ClusterRuntime } from '../../cluster-runtime.ts';
import { now } from '../../now.ts';
import { changeStatus } from '../change.ts';
import { type ModuleConfig, type ModulePlugin, refs as pluginRefs } from '../plugins/api.ts';
import { specHash } from '../plugins/naming.ts';
import { createOnce } from '../users.ts';
import { type ArtifactVersion, refs } from './api.ts';
import type { ProductBaseContent } from './content.ts';
import {
  absentPackages,
  knownOperators,
  knownPlugins,
  type ProductBase,
  productBase,
} from './product-base.ts';
import type { UploadedBundle } from './uploaded-bundles.ts';

const name = 'base';

/** Keeps the list of the packages that the platform knows, uploaded or not, in the status of ProductBase `base`. */
export async function runProductBase(
  global: ClusterRuntime,
  content: ProductBaseContent,
  bundles: () => readonly UploadedBundle[],
): Promise<void> {
  const { informers, client, clock, signal } = global;
  await createOnce(global, refs.productBases, productBase(content.version));
  const plugins = informers.of<ModulePlugin>(pluginRefs.modulePlugins);
  const configs = informers.of<ModuleConfig>(pluginRefs.moduleConfigs);
  const versions = informers.of<ArtifactVersion>(refs.artifactVersions);
  const known = () => {
    const present = new Set(
      versions.list().flatMap(({ status }) => (status?.phase === 'Present' ? [status.version] : [])),
    );
    const operators = knownOperators(bundles(), ({ bundle }) => present.has(bundle.name));
    const uploaded = [...operators, ...knownPlugins(plugins.list(), configs.list())];
    const names = new Set(uploaded.map((it) => `${it.packageType}/${it.name}`));
    const absent = absentPackages(content).filter((it) => !names.has(`${it.packageType}/${it.name}`));
    return [...uploaded, ...absent].sort((a, b) => a.name.localeCompare(b.name));
  };
  runController({
    name: 'productbase',
    watches: [
      watchOf(plugins, () => [name]),
      watchOf(configs, ({ type }) => (type === 'MODIFIED' ? [] : [name])),
      watchOf(versions, () => [name]),
    ],
    reconcile: async () => {
      // Uploads come in dozens; one look for all of them is enough.
      await clock.sleep(1_000, signal);
      await changeStatus<ProductBase>(client, refs.productBases, { name }, (base) => {
        const artifacts = known();
        if (specHash(base.status?.artifacts) === specHash(artifacts)) return false;
        base.status = {
          phase: 'Running',
          version: content.version,
          artifacts,
          conditions: [
            {
              type: 'Ready',
              status: 'True',
              reason: 'Running',
              message: '',
              lastTransitionTime: now(),
            },
          ],
        };
        return true;
      });
    },
    signal,
    clock,
  });
}
