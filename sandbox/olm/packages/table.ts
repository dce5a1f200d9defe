import type { KubeObject } from '../../client/types.ts';

const columns = [
  {
    name: 'Name',
    type: 'string',
    format: 'name',
    description: 'Name of the package.',
    priority: 0,
  },
  {
    name: 'Catalog',
    type: 'string',
    format: '',
    description: 'The source catalog for this package',
    priority: 0,
  },
  {
    name: 'Age',
    type: 'string',
    format: '',
    description: 'Time since the catalog source was created.',
    priority: 0,
  },
];

/** PackageManifests as the Table that `kubectl get` prints. */
export function tableOf(manifests: KubeObject[]): unknown {
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: {},
    columnDefinitions: columns,
    rows: manifests.map((manifest) => ({
      cells: [
        manifest.metadata.name,
        (manifest.status as { catalogSourceDisplayName?: string }).catalogSourceDisplayName,
        age(manifest.metadata.creationTimestamp),
      ],
      object: { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: manifest.metadata },
    })),
  };
}

/** As `kubectl` shortens a duration (`duration.HumanDuration` of apimachinery). */
export function age(since: string | undefined, nowMs = Date.now()): string {
  if (since === undefined) return '<unknown>';
  const seconds = Math.floor((nowMs - Date.parse(since)) / 1000);
  if (seconds < 0) return '0s';
  const [minutes, hours, days] = [60, 3600, 86_400].map((unit) => Math.floor(seconds / unit)) as [
    number,
    number,
    number,
  ];
  const rest = (value: number, unit: string) => (value === 0 ? '' : `${value}${unit}`);
  if (seconds < 120) return `${seconds}s`;
  if (minutes < 10) return `${minutes}m${rest(seconds % 60, 's')}`;
  if (hours < 3) return `${minutes}m`;
  if (hours < 8) return `${hours}h${rest(minutes % 60, 'm')}`;
  if (hours < 48) return `${hours}h`;
  if (days < 8) return `${days}d${rest(hours % 24, 'h')}`;
  if (days < 730) return `${days}d`;
  const years = Math.floor(days / 365);
  return years < 8 ? `${years}y${rest(days % 365, 'd')}` : `${years}y`;
}
