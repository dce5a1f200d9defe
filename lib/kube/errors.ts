import 'server-only';

/** Where a request went: enough to say who was asked for what. */
export interface RequestPlace {
  cluster: string;
  verb: string;
  resource: string;
  namespace?: string;
  name?: string;
}

export interface StatusCause {
  reason?: string;
  message?: string;
  field?: string;
}

/** The API server answered, and said no. */
export class KubeError extends Error {
  override readonly name = 'KubeError';

  constructor(
    message: string,
    readonly status: number,
    /** Kubernetes' own reason, such as `Forbidden`; empty where the answer was no Status. */
    readonly reason: string,
    readonly place: RequestPlace,
    readonly causes: readonly StatusCause[] = [],
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
  }
}

/**
 * Whether a dry run was refused only because a webhook stands in its way that may have side effects: such a write can't be
 * tried, which says nothing of whether it would be accepted. https://kubernetes.io/docs/reference/using-api/api-concepts/#dry-run
 */
export function cannotBeTried(error: unknown): boolean {
  return error instanceof KubeError && error.status === 400 && /does not support dry run/.test(error.message);
}

/** The API server did not answer, or not in time, or not so that it could be understood. */
export class ConnectionError extends Error {
  override readonly name: string = 'ConnectionError';

  constructor(
    message: string,
    readonly place: RequestPlace,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

/** More came than is read at once: a smaller question may be answered. */
export class AnswerTooLargeError extends ConnectionError {
  override readonly name = 'AnswerTooLargeError';
}

const sentences: Record<string, string> = {
  ECONNREFUSED: 'connection refused: nothing listens at the address of its API server',
  ENOTFOUND: 'the name of its API server can not be resolved',
  EAI_AGAIN: 'the name of its API server can not be resolved just now',
  ECONNRESET: 'the connection was closed before an answer came',
  UND_ERR_SOCKET: 'the connection was closed before an answer came',
  ETIMEDOUT: 'no connection within the time limit',
  UND_ERR_CONNECT_TIMEOUT: 'no connection within the time limit',
  UND_ERR_HEADERS_TIMEOUT: 'no answer within the time limit',
  UND_ERR_BODY_TIMEOUT: 'the answer stopped in the middle',
  ENOENT: 'a file of its certificates is not there',
  EACCES: 'a file of its certificates may not be read',
  EHOSTUNREACH: 'no route to its API server',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by an authority that is not trusted here',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by an authority that is not trusted here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is signed by an authority that is not trusted here',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
};

/**
 * Says in a sentence why a request got no answer. Only codes of Node.js and undici are told apart:
 * an unknown error's own text never reaches a reader.
 */
export function connectionSentence(error: unknown): string {
  for (
    let current = error, depth = 0;
    current instanceof Error && depth < 5;
    current = current.cause, depth++
  ) {
    if (current.name === 'TimeoutError') return 'no answer within the time limit';
    const code = 'code' in current && typeof current.code === 'string' ? current.code : '';
    const sentence = sentences[code];
    if (sentence) return sentence;
    if (current instanceof AggregateError && current.errors[0] instanceof Error)
      current.cause ??= current.errors[0];
  }
  return 'the connection failed';
}
