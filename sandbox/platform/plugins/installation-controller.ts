import { runController, watchOf } from '../../client/controller.ts';
import type { InformerEvent } from '../../client/informer.ts';
import { labelOf, labels, type ModuleInfo } from './api.ts';
import { installations, type PluginContext } from './context.ts';
import { InstallationWorker } from './installation-worker.ts';

/**
 * Brings about what ModuleInfos ask for: gives them their final name, checks what they need, writes the releases into
 * their cluster and follows these until they run; takes everything away again when one is deleted.
 */
export function runInstallations(context: PluginContext): void {
  const { global, infos, configs, registered, clusterModules, releases } = context;
  const worker = new InstallationWorker(context);
  const everyone = () => installations(context).map(nameOf);
  const ofModule = (module: string) =>
    infos
      .list()
      .filter((info) => labelOf(info, labels.module) === module)
      .map(nameOf);
  runController({
    name: 'moduleinfo',
    watches: [
      watchOf(infos, (event) => [
        nameOf(event.object),
        // A dependency may have begun to run, or an excluded neighbour be gone.
        ...(changesPhase(event) ? unsettled(context) : []),
      ]),
      watchOf(configs, ({ object }) => ofModule(object.spec.name)),
      watchOf(registered, everyone),
      watchOf(clusterModules, everyone),
      ...[...releases.values()].map((informer) =>
        watchOf(informer, ({ object }) => ofModule(labelOf(object, labels.module))),
      ),
    ],
    reconcile: (name) => worker.reconcile(name),
    signal: global.signal,
    clock: global.clock,
    // A worker sleeps through the delays of its installation; others must not wait for it.
    concurrency: 32,
  });
}

function nameOf({ metadata }: ModuleInfo): string {
  return metadata.name ?? '';
}

function changesPhase({ type, object, previous }: InformerEvent<ModuleInfo>): boolean {
  return type !== 'MODIFIED' || object.status?.phase !== previous?.status?.phase;
}

function unsettled(context: PluginContext): string[] {
  return installations(context)
    .filter(({ status, spec }) => status?.phase !== 'Running' || status.version !== spec.version)
    .map(nameOf);
}
