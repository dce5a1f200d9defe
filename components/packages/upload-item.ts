import type { PackageSummary, PushEvent, Verification } from '@/lib/packages/contract';
import { packageFileSchema, uploadLimits } from '@/lib/packages/upload-contract';

/** How far one image of a package is. */
export interface ImageProgress {
  image: string;
  /** Bytes of the blobs that are known so far. */
  size: number;
  sent: number;
  state: 'sending' | 'pushed' | 'present';
}

/** How far pushing one package is. */
export interface PushProgress {
  images: ImageProgress[];
  /** How many images there will be; undefined until the push has begun. */
  total: number | undefined;
  objects: Omit<Extract<PushEvent, { type: 'object' }>, 'type'>[];
  /** A hindrance that is being waited out. */
  retry?: string;
}

/** One package that was chosen, from the file to the platform. */
export interface UploadItem {
  key: string;
  fileName: string;
  size: number;
  stage:
    | { name: 'refused'; reason: string }
    | { name: 'sending'; sent: number; paused: boolean }
    | { name: 'reading' }
    | { name: 'ready'; id: string; summary: PackageSummary; verification: Verification }
    | { name: 'pushing'; id: string; summary: PackageSummary; progress: PushProgress }
    | { name: 'stopped'; id: string; summary: PackageSummary; verification: Verification; reason: string }
    | { name: 'pushed'; summary: PackageSummary; progress: PushProgress };
  /** Somebody has said that the package goes without signature and checksum. */
  acceptUnverified: boolean;
}

const SIDECAR_BYTES = 48 * 1024;

/** What a chosen file is: a package, what lies beside one, or nothing that can be uploaded. */
export function kindOf({ name, size }: { name: string; size: number }): 'package' | 'sidecar' | FileProblem {
  if (/\.(sig|sha256)$/.test(name)) return size > SIDECAR_BYTES ? 'sidecarTooLarge' : 'sidecar';
  if (!packageFileSchema.safeParse(name).success) return 'wrongKind';
  if (size === 0) return 'empty';
  return size > uploadLimits.bytes ? 'tooLarge' : 'package';
}

export type FileProblem =
  | 'wrongKind'
  | 'empty'
  | 'tooLarge'
  | 'sidecarTooLarge'
  | 'notGzip'
  | 'twice'
  | 'tooMany';

/** Whether a file begins as a gzip'd archive does. */
export async function isGzip(file: Blob): Promise<boolean> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  return first === 0x1f && second === 0x8b;
}

/** Whether a package may be pushed as it is. */
export function isPushable({ stage, acceptUnverified }: UploadItem): boolean {
  if (stage.name !== 'ready' && stage.name !== 'stopped') return false;
  return isVerified(stage.verification) || acceptUnverified;
}

/** Whether a signature or a checksum vouches for a package. */
export function isVerified({ outcome }: Verification): boolean {
  return outcome === 'gpg' || outcome === 'checksum';
}

export const noProgress: PushProgress = { images: [], total: undefined, objects: [] };

/** The progress after one more event of the push. */
export function applyPushEvent(progress: PushProgress, event: PushEvent): PushProgress {
  const { retry: _waitedOut, ...known } = progress;
  switch (event.type) {
    case 'package':
      return { ...known, total: event.images };
    case 'retry':
      return { ...known, retry: event.reason };
    case 'object': {
      const { cluster, kind, name, state } = event;
      return { ...known, objects: [...known.objects, { cluster, kind, name, state }] };
    }
    case 'image':
      return {
        ...known,
        images: withImage(known.images, event.image, (image) => ({ ...image, state: event.state })),
      };
    case 'blob':
      return { ...known, images: withImage(known.images, event.image, (image) => withBlob(image, event)) };
    default:
      return known;
  }
}

type Tracked = ImageProgress & { blobs?: Record<string, { size: number; sent: number }> };

function withImage(
  images: readonly Tracked[],
  name: string,
  change: (image: Tracked) => Tracked,
): ImageProgress[] {
  const known = images.find(({ image }) => image === name);
  const changed = change(known ?? { image: name, size: 0, sent: 0, state: 'sending' });
  return known ? images.map((image) => (image === known ? changed : image)) : [...images, changed];
}

function withBlob(
  image: Tracked,
  { digest, size, sent, state }: Extract<PushEvent, { type: 'blob' }>,
): Tracked {
  const blobs = { ...image.blobs, [digest]: { size, sent: state === 'sending' ? sent : size } };
  const all = Object.values(blobs);
  return {
    ...image,
    blobs,
    size: all.reduce((sum, blob) => sum + blob.size, 0),
    sent: all.reduce((sum, blob) => sum + blob.sent, 0),
  };
}
