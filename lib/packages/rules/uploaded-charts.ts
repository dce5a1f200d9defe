import type { ApiObject } from '@/lib/operators/rules/objects';
import { field, list, text } from '@/lib/operators/rules/untrusted';
import { localizedOf } from '@/lib/plugins/rules/localized-text';
import { compareVersions } from '@/lib/plugins/rules/version';
import type { PackageRow } from '../list-contract';

/** The one repository that charts are uploaded to (product document, "Upload a Helm Chart to the chart repository"). */
const PUBLIC_CHARTS = 'public-charts';

/**
 * The charts of the platform's repository `public-charts`, whose Chart objects are called `<chart>.<repository>`.
 * @param global name of the global cluster, where all of them are
 */
export function uploadedCharts(charts: readonly ApiObject[], global: string): PackageRow[] {
  return charts
    .filter(({ metadata }) => metadata.name.endsWith(`.${PUBLIC_CHARTS}`))
    .flatMap((chart) => rowOf(chart, global) ?? [])
    .sort((a, b) => a.name.localeCompare(b.name));
}

/**
 * Whether a version of a Chart was uploaded: its archive is an artifact of the registry. Others are in the index of the
 * repository, from which the platform lists them again and again.
 */
export function wasUploaded(version: unknown): boolean {
  return list(field(version, 'urls'), (url) => text(url, 2000)).some((url) => url.startsWith('oci://'));
}

function rowOf({ metadata, spec }: ApiObject, cluster: string): PackageRow | undefined {
  const versions = list(field(spec, 'versions'), (version) => version, 1000);
  const name = metadata.name.slice(0, -PUBLIC_CHARTS.length - 1);
  const found = versions
    .map((entry) => ({
      version: text(field(entry, 'version'), 128),
      description: text(field(entry, 'description'), 2000),
      created: text(field(entry, 'created'), 50),
      kept: wasUploaded(entry) ? undefined : ('chart-repository' as const),
    }))
    .filter(({ version }) => version !== '')
    .sort((a, b) => compareVersions(b.version, a.version));
  const [newest] = found;
  if (!newest) return undefined;
  return {
    type: 'chart',
    name,
    packageName: name,
    displayName: localizedOf(name),
    description: localizedOf(newest.description),
    library: PUBLIC_CHARTS,
    // Charts are templates: they run where their images do.
    architectures: [],
    versions: found.map(({ version, created, kept }) => ({
      version,
      places: [
        {
          cluster,
          object: metadata.name,
          phase: metadata.deletionTimestamp ? 'Deleting' : 'Present',
          reason: '',
          message: '',
          ...(Number.isNaN(Date.parse(created)) ? {} : { uploaded: created }),
          installed: [],
          ...(kept ? { kept } : {}),
        },
      ],
    })),
  };
}
