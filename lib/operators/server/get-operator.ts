import 'server-only';
import type { Context, PlatformContext } from '@/lib/kube/context';
import { isServed } from '@/lib/kube/discovery';
import { KubeError } from '@/lib/kube/errors';
import { ProblemError } from '@/lib/kube/problem';
import type { KubeObject } from '@/lib/kube/types';
import { artifacts } from '@/lib/packages/refs';
import type { Operator, OperatorRef, OperatorRow, Unread } from '../contract';
import { brokenConnection } from '../rules/absent';
import { withStatus } from '../rules/catalogue-status';
import type { CatalogSourceObject } from '../rules/objects';
import {
  type PackageChannels,
  type PackageDetail,
  readChannels,
  readPackageDetail,
} from '../rules/package-manifest';
import { manualApprovalOnly, platformCatalogNamespace } from '../rules/source';
import { describeSubscription } from '../rules/subscription';
import { field } from '../rules/untrusted';
import { packageIndex } from './package-index';
import { readAbsent } from './read-absent';
import { readInstallations } from './read-olm';
import { catalogSources, packageManifests } from './refs';
import { sourceRules } from './source-rules';

/**
 * One operator, whole, with every Subscription of it in any namespace, or only in `namespace` for users
 * who may not read the whole cluster.
 * @throws ProblemError `not-found` when the catalog has no such package
 */
export async function getOperator(
  context: PlatformContext,
  ref: OperatorRef,
  { namespace }: { namespace?: string } = {},
): Promise<Operator> {
  const partial: Unread = [];
  const [detail, groupBy, { subscriptions, facts }] = await Promise.all([
    findPackage(context, ref, namespace).catch((error) => orAbsent(context, ref, error, partial)),
    operatorGroupBy(context),
    readInstallations(context, partial, { namespace, ref }),
  ]);
  const described = subscriptions.map((subscription) => describeSubscription(subscription, facts));
  const row = 'status' in detail ? detail : withStatus(detail, described);
  const known = 'status' in detail ? { channels: [], architectures: [] } : detail;
  return {
    ...row,
    channels: known.channels,
    defaultChannel: row.channel,
    deprecation: 'deprecation' in known ? known.deprecation : undefined,
    architectures: known.architectures,
    manualApprovalOnly: manualApprovalOnly(row.source),
    operatorGroupBy: groupBy,
    subscriptions: described,
    partial,
  };
}

/** The catalog does not have it; the platform may know it all the same. */
async function orAbsent(
  context: PlatformContext,
  ref: OperatorRef,
  error: unknown,
  partial: Unread,
): Promise<OperatorRow> {
  const missing = error instanceof ProblemError && error.code === 'not-found';
  if (!missing || ref.catalogNamespace !== platformCatalogNamespace) throw error;
  const { packages } = await packageIndex(context);
  const absent = await readAbsent(context, packages, partial);
  const row = absent.find(({ catalog, name }) => catalog === ref.catalog && name === ref.name);
  if (!row) throw error;
  return row;
}

/**
 * The package of exactly that catalog. A GET by name does not serve: where two catalogs have the package,
 * the packageserver answers with either.
 * @param within a namespace in which the user may read packages, where the catalog's own is closed to them:
 * the packageserver shows those of global catalogs in every namespace
 * @throws ProblemError `not-found` when the catalog has no such package
 */
export async function findPackage(
  context: Context,
  ref: OperatorRef,
  within?: string,
): Promise<PackageDetail> {
  const detail = (await listManifests(context, ref, within))
    .map((item) => readPackageDetail(item, sourceRules()))
    .find(
      (candidate) =>
        candidate?.name === ref.name &&
        candidate.catalog === ref.catalog &&
        candidate.catalogNamespace === ref.catalogNamespace,
    );
  if (detail) return detail;
  throw new ProblemError(
    'not-found',
    `Catalog "${ref.catalog}" of cluster "${context.cluster.name}" has no package "${ref.name}". ${await whyMissing(context, ref)}`,
    { cluster: context.cluster.name, verb: 'get', resource: 'packagemanifests', name: ref.name },
  );
}

/**
 * The channels of the package that a Subscription follows, also of one that the catalogue does not show; undefined
 * where the catalog has no such package.
 * @param within as for `findPackage`
 */
export async function findChannels(
  context: Context,
  ref: OperatorRef,
  within?: string,
): Promise<PackageChannels | undefined> {
  const manifest = (await listManifests(context, ref, within)).find(({ metadata, status }) => {
    const { name, catalog, catalogNamespace } = ref;
    return (
      metadata.name === name &&
      field(status, 'catalogSource') === catalog &&
      field(status, 'catalogSourceNamespace') === catalogNamespace
    );
  });
  return manifest && readChannels(manifest);
}

async function listManifests(context: Context, ref: OperatorRef, within?: string): Promise<KubeObject[]> {
  const listIn = (namespace: string) =>
    context.kube.list<KubeObject>(packageManifests, {
      namespace,
      fieldSelector: `metadata.name=${ref.name}`,
      labelSelector: `catalog=${ref.catalog},catalog-namespace=${ref.catalogNamespace}`,
    });
  const { items } = await listIn(ref.catalogNamespace).catch((error) => {
    if (within && error instanceof KubeError && error.status === 403) return listIn(within);
    throw error;
  });
  return items;
}

/** A catalog that does not answer serves nothing, and a package that was uploaded minutes ago is not there yet. */
async function whyMissing(context: Context, { catalog, catalogNamespace }: OperatorRef): Promise<string> {
  try {
    const source = await context.kube.get<CatalogSourceObject>(catalogSources, catalog, {
      namespace: catalogNamespace,
    });
    const state = brokenConnection(source);
    if (state) {
      return `OLM can't reach the catalog now: its connection is in state ${state}. Look at the Pod of the CatalogSource.`;
    }
  } catch (error) {
    if (!(error instanceof KubeError)) throw error;
    if (error.status === 404) return `There is no such CatalogSource in namespace "${catalogNamespace}".`;
  }
  return 'It may have been removed, or its catalog is being synchronised.';
}

/**
 * Who makes the OperatorGroup: the platform's controller, from the Subscription's annotation, wherever the
 * platform's own kinds are served; else the console.
 */
export async function operatorGroupBy(context: Context): Promise<'platform' | 'console'> {
  return (await isServed(context.kube, artifacts)) ? 'platform' : 'console';
}
