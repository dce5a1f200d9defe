import { readFile } from 'node:fs/promises';
import { PackageError } from '@/lib/packages/contract';
import { type InspectedPackage, inspectPackage } from '@/lib/packages/server/inspect-package';
import { checkAccount, isStandby } from '@/lib/packages/server/platform/check-platform';
import { type OpenPlatform, openPlatform } from '@/lib/packages/server/platform/open-platform';
import { platformRegistry } from '@/lib/packages/server/platform/platform-registry';
import { globalCluster, pushPackage } from '@/lib/packages/server/push-package';
import type { RegistryTarget } from '@/lib/packages/server/push-target';
import { packageFiles } from '@/lib/packages/server/verify-package';
import { clusterNames, destinationRegistry, onePath, platformLogin } from '../check-flags';
import type { Given } from '../flags';
import { reporterFor } from '../reporter';
import type { Terminal } from '../terminal';
import { UsageError } from '../usage-error';
import { checkClusters } from './check-clusters';

/** `violet push FILE|FOLDER`: the flags first, then the account, then every package, and only then anything is sent. */
export async function push(given: Given, terminal: Terminal): Promise<number> {
  const path = onePath(given, 'the package or the folder of packages to push');
  const destination = destinationRegistry(given, terminal.secrets);
  const clusters = clusterNames(given);
  const skip = { skipObjects: given.has('skip-crs'), skipImages: given.has('skip-push') };
  if (skip.skipObjects && skip.skipImages)
    throw new UsageError('--skip-crs and --skip-push leave nothing to do.');
  const chartRepository = given.text('target-chartrepo');
  if (chartRepository !== undefined && chartRepository !== 'public-charts') {
    throw new UsageError('Charts can only be uploaded to the chart repository public-charts.');
  }
  const catalogSource = given.text('target-catalog-source');
  if (catalogSource !== undefined && !/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(catalogSource)) {
    throw new UsageError(`--target-catalog-source ${catalogSource} is not the name of a catalog.`);
  }
  // Without resources and with a registry of its own nothing is asked of the platform.
  const alone = skip.skipObjects && destination !== undefined && given.text('platform-address') === undefined;
  const login = alone ? undefined : platformLogin(given, terminal.secrets);
  const files = await packageFiles(path);

  const ca = terminal.platformCa ? await readFile(terminal.platformCa, 'utf8') : undefined;
  const platform = login && (await openPlatform({ ...login, ...(ca ? { ca } : {}) }, terminal.signal));
  try {
    const registry = await registryOf(platform, destination, clusters, ca);
    const packages: InspectedPackage[] = [];
    for (const file of files) packages.push(await inspectPackage(file, { signal: terminal.signal }));
    refuseTwins(packages);
    const reporter = reporterFor(terminal, { json: given.has('json'), clustersNamed: clusters.length > 0 });
    try {
      for (const inspected of packages) {
        await pushPackage(inspected, {
          ...skip,
          registry,
          clusters,
          kube: (cluster) => {
            if (platform) return platform.kube(cluster);
            throw new UsageError('--platform-address is missing, the access URL of the platform.');
          },
          ...(catalogSource ? { catalogSource } : {}),
          onEvent: reporter.tell,
          signal: terminal.signal,
        });
      }
    } finally {
      reporter.end();
    }
    return 0;
  } finally {
    await platform?.close();
  }
}

/** Asks the platform whether this account may upload to these clusters, and where its images belong. */
async function registryOf(
  platform: OpenPlatform | undefined,
  destination: RegistryTarget | undefined,
  clusters: readonly string[],
  ca: string | undefined,
): Promise<RegistryTarget> {
  if (platform) {
    const global = platform.kube(globalCluster);
    await checkAccount(global);
    checkClusters(clusters, await platform.clusters());
    if (!destination && (await isStandby(global))) {
      throw new UsageError(
        'This is a standby global cluster: name its own registry with --dest-repo <VIP>:11443, or the images would go to the primary one.',
      );
    }
  }
  const target = destination ?? (platform && (await platformRegistry(platform.kube(globalCluster))));
  if (!target) throw new UsageError('--dest-repo or --platform-address must say where the images go.');
  return { ...target, ...(ca ? { ca } : {}) };
}

function refuseTwins(packages: readonly InspectedPackage[]): void {
  const seen = new Map<string, string>();
  for (const { file, summary } of packages) {
    const name = `${summary.type} ${summary.name} ${summary.version}`;
    const twin = seen.get(name);
    if (twin !== undefined) {
      throw new PackageError('InvalidInput', `${twin} and ${file} are both ${name}: leave one of them out.`);
    }
    seen.set(name, file);
  }
}
