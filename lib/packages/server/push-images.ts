import 'server-only';
import { PackageError, type PushEvent } from '../contract';
import type { InspectedPackage, PackedImage } from './inspect-package';
import { readBlobs } from './read-blobs';
import { type ImageStore, LostUpload } from './registry/image-store';

const maxLosses = 5;
const lookupsAtOnce = 8;

export interface PushImagesOptions {
  /** The host that stands before repositories in what is told. */
  address: string;
  onEvent: (event: PushEvent) => void;
  signal?: AbortSignal | undefined;
}

/** A blob that a repository needs. */
interface Need {
  image: PackedImage;
  digest: string;
  size: number;
}

/**
 * Puts the images of a package into a registry. What is there is not sent again, what another repository has is shared,
 * and an image gets its name when all of it has arrived: broken off anywhere, the next call goes on from there.
 */
export async function pushImages(
  source: InspectedPackage,
  store: ImageStore,
  options: PushImagesOptions,
): Promise<void> {
  const { onEvent, address } = options;
  const missing: PackedImage[] = [];
  for (const packed of source.images) {
    const { repository, tag, digest } = packed.image;
    if ((await store.digestOf(repository, tag)) === digest) {
      onEvent({ type: 'image', image: `${address}/${repository}:${tag}`, digest, state: 'present' });
    } else missing.push(packed);
  }
  await pushBlobs(source, missing, store, options);
  for (const { image, documents } of missing) {
    const { repository, tag, digest } = image;
    for (const document of documents) {
      await store.pushDocument(repository, document, document.digest === digest ? tag : undefined);
    }
    onEvent({ type: 'image', image: `${address}/${repository}:${tag}`, digest, state: 'pushed' });
  }
}

async function pushBlobs(
  source: InspectedPackage,
  images: readonly PackedImage[],
  store: ImageStore,
  options: PushImagesOptions,
): Promise<void> {
  const needs = new Map<string, Need>();
  for (const image of images) {
    for (const blob of image.blobs) needs.set(`${image.image.repository} ${blob.digest}`, { image, ...blob });
  }
  const holders = new Map<string, string>();
  let open = await lacking([...needs.values()], holders, store, options);
  for (let losses = 0; open.length > 0; ) {
    open = await notShared(open, holders, store, options);
    try {
      const sent = await sendAll(source, open, holders, store, options);
      open = open.filter((need) => !sent.has(need));
    } catch (error) {
      if (!(error instanceof LostUpload)) throw error;
      losses += 1;
      if (losses > maxLosses) {
        throw new PackageError(
          'RegistryRefused',
          `Registry ${options.address} lost what was sent ${losses} times: ${error.message}. ` +
            'Push again; if it goes on, look at the log of the registry.',
          { cause: error },
        );
      }
      const reason = 'the registry has forgotten an upload';
      options.onEvent({ type: 'retry', reason, attempt: losses, seconds: 0 });
      open = await lacking(open, holders, store, options);
    }
  }
}

/** Which of these a repository lacks; `holders` learns who has what. */
async function lacking(
  needs: readonly Need[],
  holders: Map<string, string>,
  store: ImageStore,
  options: PushImagesOptions,
): Promise<Need[]> {
  const has = new Set<Need>();
  const queue = [...needs];
  const look = async () => {
    for (let need = queue.shift(); need; need = queue.shift()) {
      if (await store.hasBlob(need.image.image.repository, need.digest)) has.add(need);
    }
  };
  await Promise.all(Array.from({ length: lookupsAtOnce }, look));
  for (const need of has) {
    holders.set(need.digest, need.image.image.repository);
    tell(need, 'present', options);
  }
  return needs.filter((need) => !has.has(need));
}

/** Which of these no other repository can share. */
async function notShared(
  needs: readonly Need[],
  holders: ReadonlyMap<string, string>,
  store: ImageStore,
  options: PushImagesOptions,
): Promise<Need[]> {
  const open: Need[] = [];
  for (const need of needs) {
    const from = holders.get(need.digest);
    const shared =
      from !== undefined && (await store.mountBlob(need.image.image.repository, need.digest, from));
    if (shared) tell(need, 'mounted', options);
    else open.push(need);
  }
  return open;
}

/** Sends each blob once; other repositories that need it are asked to share it afterwards. */
async function sendAll(
  source: InspectedPackage,
  open: readonly Need[],
  holders: Map<string, string>,
  store: ImageStore,
  options: PushImagesOptions,
): Promise<Set<Need>> {
  const sent = new Set<Need>();
  const wanted = new Set(open.map(({ digest }) => digest));
  for await (const blob of readBlobs(source, wanted, options.signal)) {
    const need = open.find(({ digest }) => digest === blob.digest);
    if (!need) continue;
    const { repository } = need.image.image;
    tell(need, 'sending', options);
    await store.pushBlob(repository, blob, { onSent: (bytes) => tell(need, 'sending', options, bytes) });
    tell(need, 'sent', options);
    holders.set(need.digest, repository);
    sent.add(need);
  }
  return sent;
}

function tell(
  { image, digest, size }: Need,
  state: 'sending' | 'sent' | 'present' | 'mounted',
  { address, onEvent }: PushImagesOptions,
  sent = state === 'sending' ? 0 : size,
): void {
  const { repository, tag } = image.image;
  onEvent({ type: 'blob', image: `${address}/${repository}:${tag}`, digest, size, sent, state });
}
