import 'server-only';
import { type Dispatcher, request } from 'undici';
import { noteClock } from './clock';
import type { ClusterEndpoint, Credentials } from './endpoint';
import {
  AnswerTooLargeError,
  ConnectionError,
  connectionSentence,
  KubeError,
  type RequestPlace,
  type StatusCause,
} from './errors';

const TIMEOUT_MS = 30_000;
/** PackageManifests come in one answer: of several large catalogs, 60 MB and more. */
const MAX_BODY_BYTES = 128 * 1024 * 1024;
const MAX_ERROR_BYTES = 256 * 1024;
const ATTEMPTS = 3;
const MAX_WAIT_SECONDS = 2;

export interface Call {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path and query below the endpoint's base, every segment encoded. */
  path: string;
  place: RequestPlace;
  accept?: string;
  contentType?: string;
  body?: unknown;
  /** A POST that stores nothing, such as an access review: may be sent again as a read may. */
  isQuestion?: boolean;
  signal?: AbortSignal;
  /** Off for watches, whose answer has no end. */
  timeoutMs?: number | false;
}

/**
 * Sends one request and answers its body as a stream.
 * Reads are repeated when the connection was cut or the server asked to wait; writes never are.
 * @throws KubeError when the API server refuses, ConnectionError when it does not answer.
 */
export async function send(
  endpoint: ClusterEndpoint,
  credentials: Credentials,
  call: Call,
): Promise<Dispatcher.ResponseData> {
  const attempts = call.method === 'GET' || call.isQuestion ? ATTEMPTS : 1;
  for (let attempt = 1; ; attempt++) {
    try {
      return await sendOnce(endpoint, credentials, call);
    } catch (error) {
      const wait = attempt < attempts ? secondsToWait(error, attempt) : undefined;
      if (wait === undefined || call.signal?.aborted) throw error;
      await new Promise((resolve) => setTimeout(resolve, wait * 1000));
    }
  }
}

function secondsToWait(error: unknown, attempt: number): number | undefined {
  if (error instanceof KubeError && [429, 503, 504].includes(error.status)) {
    const wait = error.retryAfterSeconds ?? attempt * 0.2;
    return wait <= MAX_WAIT_SECONDS ? wait : undefined;
  }
  const cause = error instanceof ConnectionError ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return code === 'ECONNRESET' || code === 'UND_ERR_SOCKET' ? 0 : undefined;
}

async function sendOnce(
  endpoint: ClusterEndpoint,
  credentials: Credentials,
  call: Call,
): Promise<Dispatcher.ResponseData> {
  const limits = [
    call.signal,
    call.timeoutMs === false ? undefined : AbortSignal.timeout(call.timeoutMs ?? TIMEOUT_MS),
  ];
  const signal = AbortSignal.any(limits.filter((limit) => limit !== undefined));
  let answer: Dispatcher.ResponseData;
  try {
    answer = await request(endpoint.baseUrl + call.path, {
      method: call.method,
      dispatcher: credentials.dispatcher ?? endpoint.dispatcher,
      signal,
      headers: {
        accept: call.accept ?? 'application/json',
        'user-agent': 'marketplace-console',
        ...(call.body === undefined ? {} : { 'content-type': call.contentType ?? 'application/json' }),
        ...credentials.headers,
      },
      body: call.body === undefined ? undefined : JSON.stringify(call.body),
    });
  } catch (error) {
    throw unanswered(error, call);
  }
  noteClock(endpoint, answer.headers.date, Date.now());
  if (answer.statusCode >= 300) throw await refusal(answer, call);
  return answer;
}

/** Reads a body of JSON, bounded in size. */
export async function readJson<T>(answer: Dispatcher.ResponseData, call: Call): Promise<T> {
  const text = (await readBytes(answer, call, MAX_BODY_BYTES)).toString('utf8');
  try {
    // The caller names the shape: the API server is trusted to serve the kind that was asked for.
    return JSON.parse(text) as T;
  } catch (error) {
    throw new ConnectionError('the answer is not JSON', call.place, { cause: error });
  }
}

/** Reads a body up to `limit` bytes; more is an error, never a cut. */
export async function readBytes(answer: Dispatcher.ResponseData, call: Call, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of answer.body) {
      const bytes = chunk as Buffer;
      size += bytes.length;
      if (size > limit) {
        answer.body.destroy();
        throw new AnswerTooLargeError(`the answer is larger than ${limit} bytes`, call.place);
      }
      chunks.push(bytes);
    }
  } catch (error) {
    throw error instanceof ConnectionError ? error : unanswered(error, call);
  }
  return Buffer.concat(chunks);
}

function unanswered(error: unknown, call: Call): Error {
  // The reader went away: not a failure of the cluster, and nobody is left to tell.
  if (call.signal?.aborted)
    return call.signal.reason instanceof Error ? call.signal.reason : new Error('aborted');
  return new ConnectionError(connectionSentence(error), call.place, { cause: error });
}

async function refusal(answer: Dispatcher.ResponseData, call: Call): Promise<KubeError> {
  const text = await readBytes(answer, call, MAX_ERROR_BYTES).then(
    (bytes) => bytes.toString('utf8'),
    () => '',
  );
  const status = parseStatus(text);
  const header = Number(answer.headers['retry-after']);
  return new KubeError(
    status.message || `HTTP ${answer.statusCode}`,
    answer.statusCode,
    status.reason,
    call.place,
    status.causes,
    Number.isFinite(header) && header > 0 ? header : status.retryAfterSeconds,
  );
}

interface ParsedStatus {
  message: string;
  reason: string;
  causes: StatusCause[];
  retryAfterSeconds?: number;
}

/** An API server's refusal; a path that it does not know answers plain text and no Status. */
function parseStatus(text: string): ParsedStatus {
  try {
    const status = JSON.parse(text) as {
      kind?: unknown;
      message?: unknown;
      reason?: unknown;
      details?: { causes?: StatusCause[]; retryAfterSeconds?: number };
    };
    if (status.kind === 'Status') {
      return {
        message: typeof status.message === 'string' ? status.message.slice(0, 4000) : '',
        reason: typeof status.reason === 'string' ? status.reason : '',
        causes: Array.isArray(status.details?.causes) ? status.details.causes.slice(0, 50) : [],
        retryAfterSeconds: status.details?.retryAfterSeconds,
      };
    }
  } catch {
    // Not JSON: the plain text below is all there is.
  }
  return { message: text.trim().slice(0, 300), reason: '', causes: [] };
}
