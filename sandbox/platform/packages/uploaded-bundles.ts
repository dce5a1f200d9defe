import type { CatalogServer } from '../../olm/catalog/catalog.ts';
import type { Bundle, Package } from '../../olm/catalog/model.ts';
import { parseImage } from '../../registry/image-registry.ts';

/** A bundle image that is in the platform's registry, because one of its catalogs serves it. */
export interface UploadedBundle {
  /** The catalog: `platform`, `system` or `custom`. */
  library: string;
  owner: Package;
  bundle: Bundle;
  registry: string;
  repository: string;
  tag: string;
}

/** The bundles of the platform's own catalogs. */
export function uploadedBundles(catalogs: readonly CatalogServer[]): UploadedBundle[] {
  return catalogs.flatMap((catalog) =>
    [...catalog.content.packages.values()].flatMap((owner) =>
      [...owner.bundles.values()].flatMap((bundle) => {
        const image = parseImage(bundle.image);
        return image?.tag ? [{ library: catalog.options.name, owner, bundle, ...image }] : [];
      }),
    ),
  );
}

const architectureLabel = 'operatorframework.io/arch.';

/** What the catalog tells about a bundle for people (`olm.csv.metadata`). */
export function csvMetadata({ properties }: Bundle): {
  displayName: string;
  description: string;
  annotations: Record<string, string>;
  /** Such as `amd64`. */
  architectures: string[];
} {
  const value = properties.find(({ type }) => type === 'olm.csv.metadata')?.value;
  const metadata = record(value);
  const annotations = Object.entries(record(metadata.annotations)).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return {
    displayName: typeof metadata.displayName === 'string' ? metadata.displayName : '',
    description: typeof metadata.description === 'string' ? metadata.description : '',
    annotations: Object.fromEntries(annotations),
    architectures: Object.entries(record(metadata.labels)).flatMap(([label, value]) =>
      label.startsWith(architectureLabel) && value === 'supported'
        ? [label.slice(architectureLabel.length)]
        : [],
    ),
  };
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
