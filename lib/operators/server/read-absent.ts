import 'server-only';
import type { KubeClient } from '@/lib/kube/client';
import type { PlatformContext } from '@/lib/kube/context';
import { isServed } from '@/lib/kube/discovery';
import type { KubeObject } from '@/lib/kube/types';
import { artifacts, artifactVersions, productBases } from '@/lib/packages/refs';
import type { OperatorRow, Unread } from '../contract';
import { absentOperators, brokenConnection } from '../rules/absent';
import type { CatalogSourceObject } from '../rules/objects';
import type { CatalogPackage } from '../rules/package-manifest';
import { platformCatalogNamespace } from '../rules/source';
import { readable } from './partial';
import { catalogSources } from './refs';
import { sourceRules } from './source-rules';

/**
 * The operators that the platform knows and that no catalog of the cluster offers. None on clusters without the
 * platform's kinds: nothing can be uploaded there. What may not be read is named in `partial`, and so is a catalog
 * that does not answer: it offers nothing just now, which makes nothing absent.
 */
export async function readAbsent(
  context: PlatformContext,
  offered: readonly CatalogPackage[],
  partial: Unread,
): Promise<OperatorRow[]> {
  const { kube, global } = context;
  if (!(await isServed(kube, artifacts))) return [];
  const namespace = platformCatalogNamespace;
  const [known, uploads, versions, catalogs = []] = await Promise.all([
    global && readProducts(global, partial),
    readable(kube.list<KubeObject>(artifacts, { namespace }), partial),
    readable(kube.list<KubeObject>(artifactVersions, { namespace }), partial),
    readable(kube.list<CatalogSourceObject>(catalogSources, { namespace }), partial),
  ]);
  const silent = catalogs.filter(brokenConnection).map(({ metadata }) => metadata.name);
  for (const name of silent) {
    partial.push({ resource: `catalogsource ${name}`, reason: "OLM can't reach this catalog just now." });
  }
  const rows = absentOperators(
    { productBases: known, artifacts: uploads, artifactVersions: versions },
    offered,
    sourceRules(),
  );
  const platformAddress = platformAddressOf(kube.endpoint.baseUrl);
  return rows
    .filter(({ catalog }) => !silent.includes(catalog))
    .map((row) => ({ ...row, absent: { ...row.absent, platformAddress } }));
}

async function readProducts(global: KubeClient, partial: Unread): Promise<KubeObject[] | undefined> {
  if (!(await isServed(global, productBases))) return undefined;
  return readable(global.list<KubeObject>(productBases), partial);
}

/** Clusters of a platform are reached at `<platform>/kubernetes/<cluster>`; others have no such address. */
function platformAddressOf(baseUrl: string): string | undefined {
  const at = baseUrl.lastIndexOf('/kubernetes/');
  return at > 0 ? baseUrl.slice(0, at) : undefined;
}
