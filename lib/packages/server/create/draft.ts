import 'server-only';
import type { PackageImage, PackageManifest } from '../../contract';
import { digestOf } from '../archive/chart-archive';
import { type Descriptor, mediaTypes } from '../archive/oci';

/** A blob of a package that is being made: bytes at hand, or the file that has them. */
export interface DraftBlob {
  digest: string;
  size: number;
  source: Uint8Array | string;
}

/** An image on its way into a package. */
export interface DraftImage {
  image: PackageImage;
  root: Descriptor;
  blobs: DraftBlob[];
  /** What its images run on, such as `amd64`; empty where nothing runs. */
  architectures: string[];
}

/** A package before it is written. */
export interface Draft {
  manifest: PackageManifest;
  images: DraftImage[];
  modulePlugin?: string;
}

export function blobOf(bytes: Uint8Array): DraftBlob {
  return { digest: digestOf(bytes), size: bytes.length, source: bytes };
}

/** An image of one layer, made of files that lie in memory. */
export function draftImage(
  place: Omit<PackageImage, 'digest'>,
  layer: { mediaType: string; bytes: Uint8Array },
  config: { mediaType: string; bytes: Uint8Array },
): DraftImage {
  const blobs = [blobOf(config.bytes), blobOf(layer.bytes)];
  const [configBlob, layerBlob] = blobs.map(({ digest, size }) => ({ digest, size }));
  const manifest = blobOf(
    Buffer.from(
      JSON.stringify({
        schemaVersion: 2,
        mediaType: mediaTypes.manifest,
        config: { mediaType: config.mediaType, ...configBlob },
        layers: [{ mediaType: layer.mediaType, ...layerBlob }],
      }),
    ),
  );
  const { digest, size } = manifest;
  return {
    image: { ...place, digest },
    root: { mediaType: mediaTypes.manifest, digest, size },
    blobs: [manifest, ...blobs],
    architectures: [],
  };
}
