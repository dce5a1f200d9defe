import type { PackageManifest, PackageSummary, PackageType } from '../contract';
import { imageReference } from './image-reference';

const words: Record<PackageType, PackageSummary['type']> = {
  OperatorBundle: 'bundle',
  ModulePlugin: 'plugin',
  Chart: 'chart',
};

/** What people are told of a package with this manifest, whose blobs are `size` bytes together. */
export function summarise(manifest: PackageManifest, size: number): PackageSummary {
  return {
    packageType: manifest.packageType,
    name: manifest.name,
    displayName: manifest.displayName.en || manifest.displayName.zh || manifest.name,
    type: words[manifest.packageType],
    platforms: manifest.architectures.map((architecture) =>
      architecture.includes('/') ? architecture : `linux/${architecture}`,
    ),
    version: manifest.version,
    channels: manifest.channels.map(({ channel }) => channel),
    artifact: imageReference(manifest.artifact),
    relatedImages: manifest.relatedImages.map(imageReference),
    size,
  };
}
