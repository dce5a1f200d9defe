import 'server-only';
import { randomBytes } from 'node:crypto';
import { statfs } from 'node:fs/promises';
import { Server } from '@tus/server';
import { ProblemError } from '@/lib/kube/problem';
import { shared } from '@/lib/kube/shared';
import { packageFileSchema, uploadLimits } from '../../upload-contract';
import { diskFull } from './package-refusal';
import { type Uploads, uploads } from './uploads';

const PART_TYPE = 'application/offset+octet-stream';
const CODES: Record<number, [code: string, detail: string]> = {
  404: ['not-found', 'There is no such upload; it may have ended. Send the package again.'],
  409: [
    'conflict',
    'This part does not follow what has come so far. Ask how much has come, and go on from there.',
  ],
  410: ['not-found', 'The upload has ended. Send the package again.'],
  413: ['too-large', 'More came than the package was said to hold.'],
  415: ['unsupported-media-type', `Parts of an upload are ${PART_TYPE}.`],
  423: ['conflict', 'Another request is sending parts of this upload. Try again in a moment.'],
};

/**
 * Serves one request of the tus protocol (1.0.0: creation, core, termination): makes an upload of this owner, takes a
 * part of it, tells how far it is, or removes it.
 * @param id of the upload; undefined to make one
 * @throws ProblemError for everything that is refused; what was refused leaves nothing behind
 */
export async function receiveUpload(request: Request, owner: string, id?: string): Promise<Response> {
  const known = uploads();
  if (id !== undefined) known.get(id, owner);
  if (request.method === 'PATCH' && request.headers.get('content-type') !== PART_TYPE) {
    throw new ProblemError('unsupported-media-type', `Parts of an upload are ${PART_TYPE}.`);
  }
  const made = id === undefined ? await begin(request, owner, known) : undefined;
  const response = await server(known).handleWeb(request);
  if (response.ok) {
    if (request.method === 'DELETE' && id !== undefined) await known.remove(id);
    return response;
  }
  if (made) await known.remove(made);
  throw await refusal(response);
}

/** The ids of uploads that are being made: the library's hooks get the request and nothing else. */
const ids = () => shared('upload-ids', () => new WeakMap<Request, string>());

async function begin(request: Request, owner: string, known: Uploads): Promise<string> {
  const { fileName, size } = await checkRoom(request, known);
  const id = randomBytes(16).toString('hex');
  known.add({ id, owner, fileName, size });
  ids().set(request, id);
  return id;
}

function server(known: Uploads): Server {
  return shared(
    'tus',
    () =>
      new Server({
        path: '/api/packages/uploads',
        relativeLocation: true,
        datastore: known.store,
        maxSize: uploadLimits.bytes,
        // Set just before the request was handed over.
        namingFunction: (request) => ids().get(request) ?? '',
      }),
  );
}

/** @throws ProblemError when the request names no package, or there is no room for it */
async function checkRoom({ headers }: Request, known: Uploads): Promise<{ fileName: string; size: number }> {
  const length = headers.get('upload-length') ?? '';
  if (!/^\d{1,15}$/.test(length)) {
    throw new ProblemError(
      'invalid-input',
      'The request does not say how large the package is (Upload-Length).',
    );
  }
  const file = packageFileSchema.safeParse(fileNameOf(headers.get('upload-metadata')));
  if (!file.success) {
    const [issue] = file.error.issues;
    throw new ProblemError('invalid-input', `The file ${issue?.message ?? 'is no package'}.`, {
      fields: [{ path: 'filename', message: issue?.message ?? '' }],
    });
  }
  const size = Number(length);
  if (size === 0) throw new ProblemError('invalid-input', 'The file is empty.');
  if (size > uploadLimits.bytes) {
    throw new ProblemError(
      'too-large',
      `The package has ${size} bytes; the console takes at most ${uploadLimits.bytes}. Upload it with violet push.`,
    );
  }
  const { bavail, bsize } = await statfs(known.folder);
  const free = bavail * bsize - uploadLimits.reserveBytes - (await known.outstanding());
  if (size > free) {
    throw new ProblemError(
      'too-large',
      `The console's disk has room for ${Math.max(0, free)} more bytes and the package has ${size}. Remove uploads that wait, or upload it with violet push.`,
    );
  }
  return { fileName: file.data, size };
}

function fileNameOf(metadata: string | null): string {
  for (const pair of (metadata ?? '').slice(0, 4096).split(',')) {
    const [key, value = ''] = pair.trim().split(' ');
    if (key === 'filename') return Buffer.from(value, 'base64').toString('utf8');
  }
  return '';
}

async function refusal(response: Response): Promise<Error> {
  const said = (await response.text()).trim().slice(0, 300);
  const [code, detail] = CODES[response.status] ?? [];
  if (code && detail) return new ProblemError(code, detail);
  if (response.status < 500) return new ProblemError('invalid-input', `The upload was refused: ${said}`);
  // The store's word for what its file could not take, and Node.js's where it could not even be made.
  if (/receiving the file|ENOSPC/i.test(said)) return diskFull();
  return new Error(`tus: ${response.status} ${said}`);
}
