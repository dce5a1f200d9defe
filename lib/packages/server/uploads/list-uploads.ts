import 'server-only';
import type { WaitingUpload } from '../../upload-contract';
import { uploads } from './uploads';

/** The packages of one user that wait on the console, in the order in which they were begun. */
export async function listUploads(owner: string): Promise<{ items: WaitingUpload[] }> {
  const known = uploads();
  const own = known.of(owner).toSorted((a, b) => a.created - b.created);
  const items = await Promise.all(
    own.map(async (upload) => {
      const { id, fileName, size } = upload;
      return { id, fileName, size, received: await known.received(upload) };
    }),
  );
  return { items };
}
