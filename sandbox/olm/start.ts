import { EventRecorder } from '../client/event-recorder.ts';
import type { ClusterRuntime } from '../cluster-runtime.ts';
import type { ImageRegistry } from '../registry/image-registry.ts';
import { type CatalogSource, olmVersion } from './api.ts';
import { BundleImages } from './catalog/bundle-images.ts';
import { Connections } from './catalog/connections.ts';
import { runCatalogSources } from './catalog-operator/catalog-sources.ts';
import { runExtractor } from './catalog-operator/extractor.ts';
import { runInstallPlans } from './catalog-operator/install-plans.ts';
import { runNamespaceResolver } from './catalog-operator/namespace-resolver.ts';
import { runSubscriptionCsv } from './catalog-operator/subscription-csv.ts';
import { runSubscriptionHealth } from './catalog-operator/subscription-health.ts';
import { runSubscriptionPlan } from './catalog-operator/subscription-plan.ts';
import { type OlmContext, olmContext } from './context.ts';
import { installDefaultRoles } from './default-roles.ts';
import { createIfAbsent, installCrds } from './install-crds.ts';
import { runApiRoles } from './olm-operator/api-roles.ts';
import { runCopiedCsvs } from './olm-operator/copied-csvs.ts';
import { runCsvController } from './olm-operator/csv-controller.ts';
import { runOlmConfig } from './olm-operator/olm-config.ts';
import { runOperatorConditions } from './olm-operator/operator-conditions.ts';
import { runOperatorGroups } from './olm-operator/operator-groups.ts';
import { runOperators } from './olm-operator/operators.ts';
import type { ServedCatalog } from './open-catalogs.ts';
import { packageServer } from './packages/api.ts';
import { furnishPlainCluster } from './plain-cluster.ts';
import { refs } from './refs.ts';

export interface StartOlmOptions {
  /** Opened by `openCatalogs`, shared by all clusters. */
  catalogs: ServedCatalog[];
  /** Folders that stand for the registry of bundle images (`SANDBOX_BUNDLES` and the sandbox's own). */
  bundles: string[];
  /** The platform's registry, where uploaded bundle images are. */
  registry?: ImageRegistry | undefined;
  /** Make bundles up from catalog metadata where the image is absent (`SANDBOX_SYNTHESISE`). */
  synthesise?: boolean;
}

/** Puts OLM v0 on a cluster: its CRDs, catalogs, the packageserver and all controllers. Resolves when it serves. */
export async function startOlm(cluster: ClusterRuntime, options: StartOlmOptions): Promise<OlmContext> {
  const { client, signal } = cluster;
  await installCrds(client, signal);
  await installDefaultRoles(client);
  const globalNamespace = cluster.plain ? 'olm' : 'cpaas-system';
  const connections = new Connections();
  const olm = olmContext(cluster, {
    connections,
    images: new BundleImages(options.bundles, options.registry),
    globalNamespace,
    synthesise: options.synthesise ?? false,
  });
  await createIfAbsent(client, refs.olmConfigs, {
    apiVersion: 'operators.coreos.com/v1',
    kind: 'OLMConfig',
    metadata: { name: 'cluster' },
    // ACP switches copies off; plain OLM makes them.
    ...(cluster.plain ? {} : { spec: { features: { disableCopiedCSVs: true } } }),
  });
  if (cluster.plain) await furnishPlainCluster(cluster, globalNamespace);
  else {
    await createIfAbsent(client, refs.namespaces, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: globalNamespace },
    });
  }

  // The init container `pull` of an unpack pod is the bundle image itself.
  cluster.nodes.addPullCheck(async ({ image, container, pod }) => {
    const isBundle =
      container === 'pull' && pod.metadata.labels?.['operatorframework.io/bundle-unpack-ref'] !== undefined;
    return !isBundle || olm.synthesise || (await olm.images.has(image));
  });

  const events = new EventRecorder(client, 'operator-lifecycle-manager');
  runCatalogSources(olm);
  runExtractor(olm);
  runSubscriptionHealth(olm);
  runNamespaceResolver(olm, events);
  runSubscriptionPlan(olm);
  runSubscriptionCsv(olm);
  runInstallPlans(olm);
  runOperatorGroups(olm);
  runCsvController(olm, events);
  runOperatorConditions(olm);
  runCopiedCsvs(olm, events);
  runOlmConfig(olm);
  runOperators(olm);
  runApiRoles(olm);

  for (const served of options.catalogs) {
    if (cluster.plain && served.platformOnly) continue;
    const source = catalogSource(served, cluster.plain, globalNamespace);
    connections.serve(source.spec.address ?? '', served.catalog);
    await createIfAbsent(client, refs.catalogSources, source);
  }
  cluster.server.registerAggregatedApi(
    packageServer({ connections, globalNamespace, sources: () => olm.catalogSources.list() }),
  );
  await Promise.all([olm.catalogSources.synced, olm.subscriptions.synced, olm.csvs.synced]);
  return olm;
}

function catalogSource(
  { catalog, library }: ServedCatalog,
  plain: boolean,
  namespace: string,
): CatalogSource {
  const { name, displayName, publisher, priority } = catalog.options;
  const host = library && !plain ? `olm-registry-${name}` : name;
  return {
    apiVersion: olmVersion,
    kind: 'CatalogSource',
    metadata: { name, namespace },
    spec: {
      address: `${host}.${namespace}.svc:50051`,
      displayName,
      publisher,
      sourceType: 'grpc',
      ...(priority === undefined ? {} : { priority }),
    },
  };
}
