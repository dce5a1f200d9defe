import 'server-only';
import { chunked } from './chunked';
import type { Answer, RegistryConnection } from './connection';
import { type BlobToPush, LostUpload, type PushListener } from './image-store';
import { RegistryRefusal } from './refusals';

/** Bytes per request. The chunk under way is all that is kept, so that it can be sent again. */
const chunkBytes = 8 * 1024 ** 2;

/**
 * Sends a blob (distribution specification, "Pushing blobs"): a small one in one request, a larger one in chunks, each
 * of which is resumed where the registry says that it stopped.
 * @throws LostUpload when the registry has forgotten the upload
 */
export async function pushBlob(
  connection: RegistryConnection,
  repository: string,
  blob: BlobToPush,
  listener: PushListener,
): Promise<void> {
  const doing = `${blob.digest} of ${repository}`;
  const started = await connection.send({
    method: 'POST',
    url: `/v2/${repository}/blobs/uploads/`,
    headers: { 'content-length': '0' },
    expect: [202],
    doing,
  });
  let location = locationOf(started);
  let offset = 0;
  for await (const chunk of chunked(blob.bytes, Math.min(chunkBytes, Math.max(blob.size, 1)))) {
    if (blob.size <= chunkBytes) {
      await finish(connection, location, blob.digest, doing, chunk);
      listener.onSent?.(chunk.length);
      return;
    }
    location = await sendChunk(connection, location, chunk, offset, doing);
    offset += chunk.length;
    listener.onSent?.(offset);
  }
  await finish(connection, location, blob.digest, doing, new Uint8Array(0));
}

async function sendChunk(
  connection: RegistryConnection,
  location: string,
  chunk: Uint8Array,
  offset: number,
  doing: string,
): Promise<string> {
  let url = location;
  let from = 0;
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = await connection.send({
        method: 'PATCH',
        url,
        headers: {
          'content-type': 'application/octet-stream',
          'content-range': `${offset + from}-${offset + chunk.length - 1}`,
        },
        body: chunk.subarray(from),
        expect: [202],
        doing,
        retry: false,
      });
      return locationOf(answer);
    } catch (error) {
      const cause = error instanceof RegistryRefusal ? error : error instanceof Error ? error.cause : error;
      const misplaced = error instanceof RegistryRefusal && error.status === 416;
      if (error instanceof RegistryRefusal && error.status === 404) throw new LostUpload(error.message);
      if (!misplaced && !(await connection.backOff(cause, attempt))) throw error;
      if (misplaced && attempt > 3) throw error;
      const state = await connection.send({ method: 'GET', url, expect: [204, 404], doing });
      const received = receivedOf(state);
      // What it confirmed before is gone: only the archive has it.
      if (state.status === 404 || received < offset || received > offset + chunk.length) {
        throw new LostUpload(`the registry has forgotten the upload of ${doing}`);
      }
      url = typeof state.headers.location === 'string' ? state.headers.location : url;
      from = received - offset;
      if (from === chunk.length) return url;
    }
  }
}

async function finish(
  connection: RegistryConnection,
  location: string,
  digest: string,
  doing: string,
  body: Uint8Array,
): Promise<void> {
  const url = `${location}${location.includes('?') ? '&' : '?'}digest=${encodeURIComponent(digest)}`;
  try {
    await connection.send({
      method: 'PUT',
      url,
      headers: { 'content-type': 'application/octet-stream' },
      body,
      expect: [201, 204],
      doing,
      retry: false,
    });
  } catch (error) {
    // Whether it arrived is not known; the next look at the registry tells.
    const refused = error instanceof RegistryRefusal && ![404, 408, 429].includes(error.status);
    if (refused && error.status < 500) throw error;
    throw new LostUpload(error instanceof Error ? error.message : 'the upload was lost', { cause: error });
  }
}

function locationOf({ headers }: Answer): string {
  const { location } = headers;
  if (typeof location !== 'string') throw new LostUpload('the registry names no place to upload to');
  return location;
}

/** `Range: 0-1023` says that 1024 bytes are there; `0-0` is written for none. */
function receivedOf({ headers }: Answer): number {
  const [, end] = /^(?:bytes=)?0-(\d+)$/.exec(String(headers.range ?? '')) ?? [];
  return end === undefined || end === '0' ? 0 : Number(end) + 1;
}
