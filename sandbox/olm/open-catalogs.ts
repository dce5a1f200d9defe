import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CatalogProblem } from './catalog/blobs.ts';
import { Catalog, type CatalogOptions, type CatalogServer } from './catalog/catalog.ts';
import { ClusterCatalog } from './catalog/cluster-catalog.ts';

const builtIn = fileURLToPath(new URL('../content/catalogs/', import.meta.url));

/** The catalogs every ACP-style cluster has; `system` holds the platform's own parts and is never shown in OperatorHub. */
const libraries = [
  { name: 'platform', displayName: 'Platform', publisher: 'Alauda' },
  { name: 'custom', displayName: 'Custom', publisher: 'Custom' },
  { name: 'system', displayName: 'System', publisher: 'Alauda' },
];

export interface OpenCatalogsOptions {
  /** `SANDBOX_CATALOGS`: folders or files, each optionally `name=path`. */
  extra?: string[];
  signal: AbortSignal;
  report?: (problem: CatalogProblem) => void;
}

/** A catalog and whether it is one of the sandbox's own. */
export interface ServedCatalog {
  catalog: CatalogServer;
  library: boolean;
  /** Its operators are parts of the platform: a plain OLM has none of them. */
  platformOnly: boolean;
}

/**
 * Opens the sandbox's own catalogs and those asked for, once for all clusters, and follows their files.
 * @throws when a path asked for does not exist or a name is no legal CatalogSource name
 */
export async function openCatalogs(options: OpenCatalogsOptions): Promise<ServedCatalog[]> {
  const report = options.report ?? writeProblem;
  const wanted: { options: CatalogOptions; library: boolean }[] = [
    ...libraries
      .map((it) => ({ options: { ...it, path: `${builtIn}${it.name}` }, library: true }))
      .filter((it) => existsSync(it.options.path)),
    ...parseCatalogs(options.extra ?? []).map((it) => ({ options: it, library: false })),
  ];
  return Promise.all(
    wanted.map(async ({ options: catalogOptions, library }) => {
      const catalog = await Catalog.open(catalogOptions, report);
      catalog.follow(options.signal, report);
      return { catalog, library, platformOnly: library && catalogOptions.name === 'system' };
    }),
  );
}

/** The sandbox's own catalogs as each cluster sees them, by cluster and name: uploads go to single clusters. */
export function catalogsOfClusters(
  clusters: readonly { name: string }[],
  catalogs: readonly ServedCatalog[],
): Map<string, Map<string, ClusterCatalog>> {
  const own = catalogs.filter(({ library }) => library);
  return new Map(
    clusters.map(({ name }) => [
      name,
      new Map(own.map(({ catalog }) => [catalog.options.name, new ClusterCatalog(catalog)])),
    ]),
  );
}

/** Reads the entries of `SANDBOX_CATALOGS`. */
export function parseCatalogs(entries: string[]): CatalogOptions[] {
  const parsed = entries.map((part) => {
    const [, given, rest] = /^([^=/]*)=(.*)$/.exec(part) ?? [];
    const path = resolve(rest ?? part);
    const name = given ?? basename(path).replace(/\.(json|ya?ml)$/, '');
    if (!/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(name) || name.length > 63) {
      throw new Error(
        `SANDBOX_CATALOGS: ${JSON.stringify(name)} is no name for a CatalogSource; give one as name=${path}`,
      );
    }
    if (!existsSync(path)) throw new Error(`SANDBOX_CATALOGS: ${path} does not exist`);
    return { name, path, displayName: name, publisher: 'Sandbox' };
  });
  const names = new Set(libraries.map(({ name }) => name));
  for (const { name } of parsed) {
    if (names.has(name)) throw new Error(`SANDBOX_CATALOGS: the name ${JSON.stringify(name)} is taken twice`);
    names.add(name);
  }
  return parsed;
}

function writeProblem({ file, line, message }: CatalogProblem): void {
  process.stderr.write(`sandbox: catalog ${file}:${line}: ${message}\n`);
}
