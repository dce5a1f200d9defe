import 'server-only';
import type { KubeClient } from '@/lib/kube/client';
import { modulePlugins } from '@/lib/plugins/refs';
import type { PackageManifest } from '../../contract';
import type { ModulePluginFile } from '../module-plugin';
import { ensure, type Told } from './ensure';

/**
 * Tells the platform of an uploaded cluster plugin. It makes a ModuleConfig for the version out of the chart by itself;
 * installations stay at the version that they have.
 */
export async function writeModulePlugin(
  kube: KubeClient,
  { name, displayName }: PackageManifest,
  { apiVersion, kind, metadata, spec }: ModulePluginFile,
  told: Told,
): Promise<void> {
  await ensure(
    kube,
    modulePlugins,
    { name },
    () => ({
      apiVersion,
      kind,
      metadata: {
        name,
        // Without these two no installation works.
        labels: { ...metadata.labels, 'cpaas.io/module-name': name, 'cpaas.io/module-type': 'plugin' },
        annotations: { 'cpaas.io/display-name': JSON.stringify(displayName), ...metadata.annotations },
      },
      spec,
    }),
    told,
  );
}
