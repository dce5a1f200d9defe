import 'server-only';
import type { KubeClient } from '@/lib/kube/client';
import { KubeError } from '@/lib/kube/errors';
import type { KubeObject } from '@/lib/kube/types';
import { PackageError } from '../../contract';
import type { RegistryTarget } from '../push-target';

interface GlobalInfo extends KubeObject {
  data?: { registryAddress?: string; registryLayout?: string };
}

/**
 * The registry that the platform names in `kube-public/global-info`. A folder in its place is believed only of a platform
 * on this machine.
 * @throws PackageError when it names none
 */
export async function platformRegistry(global: KubeClient): Promise<RegistryTarget> {
  const ref = { group: '', version: 'v1', resource: 'configmaps' };
  const info = await global
    .get<GlobalInfo>(ref, 'global-info', { namespace: 'kube-public' })
    .catch((error: unknown) => {
      if (error instanceof KubeError && error.status === 404) return undefined;
      throw error;
    });
  const { registryAddress: address, registryLayout: layout } = info?.data ?? {};
  if (!address || !/^[\w.-]+(:\d{1,5})?$/.test(address)) {
    throw new PackageError(
      'PlatformRefused',
      'The platform names no registry (ConfigMap kube-public/global-info, registryAddress): name one with --dest-repo.',
    );
  }
  if (layout === undefined) return { address };
  const { hostname } = new URL(global.endpoint.baseUrl);
  if (hostname !== '127.0.0.1' && hostname !== 'localhost') {
    throw new PackageError(
      'PlatformRefused',
      `The platform names a folder as its registry, ${layout}, on another machine.`,
    );
  }
  return { address, layout };
}
