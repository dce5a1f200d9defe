import type { ClusterRuntime } from '../../cluster-runtime.ts';
import { changeStatus } from '../change.ts';
import { readClusters } from '../cluster-content.ts';
import { createOnce } from '../users.ts';
import { type ClusterModule, clusterApiVersion, refs } from './api.ts';

/** Makes the ClusterModule of each cluster, which tells the platform version on it. */
export async function createClusterModules(global: ClusterRuntime): Promise<void> {
  for (const { name, platformVersion } of await readClusters()) {
    await createOnce(global, refs.clusterModules, {
      apiVersion: clusterApiVersion,
      kind: 'ClusterModule',
      metadata: { name },
      spec: { version: platformVersion },
    });
    await changeStatus<ClusterModule>(global.client, refs.clusterModules, { name }, (module) => {
      if (module.status) return false;
      module.status = {
        base: { deployStatus: 'Completed', runningStatus: 'Healthy', version: platformVersion },
        editable: true,
        upgradable: false,
        needUpgrade: false,
      };
      return true;
    });
  }
}
