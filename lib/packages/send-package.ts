import { problemSchema } from '@/lib/http/contract';
import { ProblemResponse, unreachable } from '@/lib/http/fetch';
import { uploadIdSchema } from './upload-contract';

const CHUNK_BYTES = 8 * 1024 * 1024;
const RETRY_DELAYS_MS = [0, 1_000, 3_000, 5_000, 10_000, 30_000];

/** A file on its way; `done` settles when all of it has come, or can't come. */
export interface Sending {
  /** Gives the upload's id. @throws ProblemResponse what the console said */
  done: Promise<string>;
  pause: () => void;
  resume: () => void;
  /** Stops and removes what has come. */
  cancel: () => Promise<void>;
}

/**
 * Sends a file to the console in parts, by the tus protocol. A part that does not get through is sent again; a file
 * that was begun before, also before the page was loaded anew, is continued where it stopped.
 * @param onProgress hears the bytes that have been sent
 */
export async function sendPackage(file: File, onProgress: (sent: number) => void): Promise<Sending> {
  const { DetailedError, Upload } = await import('tus-js-client');
  const outcome: { resolve?: (id: string) => void; reject?: (error: Error) => void } = {};
  const done = new Promise<string>((resolve, reject) => {
    outcome.resolve = resolve;
    outcome.reject = reject;
  });
  const upload = new Upload(file, {
    endpoint: '/api/packages/uploads',
    metadata: { filename: file.name },
    chunkSize: CHUNK_BYTES,
    retryDelays: RETRY_DELAYS_MS,
    removeFingerprintOnSuccess: true,
    onProgress: (sent) => onProgress(sent),
    onSuccess: () => {
      const id = uploadIdSchema.safeParse(upload.url?.split('/').at(-1));
      if (id.success) outcome.resolve?.(id.data);
      else outcome.reject?.(new ProblemResponse(unreachable));
    },
    onError: (error) => {
      const body = error instanceof DetailedError ? error.originalResponse?.getBody() : undefined;
      outcome.reject?.(new ProblemResponse(problemOf(body)));
    },
  });
  const [earlier] = await upload.findPreviousUploads();
  if (earlier) upload.resumeFromPreviousUpload(earlier);
  upload.start();
  return {
    done,
    pause: () => void upload.abort(),
    resume: () => upload.start(),
    cancel: () => upload.abort(true),
  };
}

function problemOf(body: string | undefined) {
  try {
    return problemSchema.parse(JSON.parse(body ?? ''));
  } catch {
    return unreachable;
  }
}
