import 'server-only';
import { ConnectionError, KubeError } from '@/lib/kube/errors';
import { ProblemError } from '@/lib/kube/problem';
import type { Problem, ProblemCode } from './contract';

const statusOf: Record<ProblemCode, number> = {
  misdirected: 421,
  unauthenticated: 401,
  'foreign-origin': 403,
  'unsupported-media-type': 415,
  'invalid-input': 422,
  'not-found': 404,
  forbidden: 403,
  conflict: 409,
  'precondition-failed': 412,
  'refused-by-cluster': 502,
  'cluster-unreachable': 502,
  'too-large': 413,
  'too-many-requests': 429,
  internal: 500,
};

const titleOf: Record<ProblemCode, string> = {
  misdirected: 'This address is not served here',
  unauthenticated: 'Not signed in',
  'foreign-origin': 'The request came from another site',
  'unsupported-media-type': 'The content type is not understood',
  'invalid-input': 'The input is not valid',
  'not-found': 'Not found',
  forbidden: 'Not allowed',
  conflict: 'Something changed in between',
  'precondition-failed': 'Something changed in between',
  'refused-by-cluster': 'The cluster refused',
  'cluster-unreachable': 'The cluster does not answer',
  'too-large': 'Too large',
  'too-many-requests': 'The cluster asks to wait',
  internal: 'Something went wrong in the console',
};

/** What a failure tells the browser. The text of an unknown error never leaves the server. */
export function toProblem(error: unknown, requestId: string): Problem {
  if (error instanceof ProblemError) {
    // ProblemError is generic because lib/kube knows no wire; only codes of the closed set are ever given.
    return problem(error.code in statusOf ? (error.code as ProblemCode) : 'internal', error.detail, {
      ...error.extra,
      requestId,
    });
  }
  if (error instanceof KubeError) {
    const code = kubeCode(error.status);
    return {
      ...problem(code, kubeDetail(error), { ...error.place, reason: error.reason || undefined, requestId }),
      status: error.status >= 400 && error.status < 600 ? error.status : statusOf[code],
      ...(error.causes.length > 0
        ? { fields: error.causes.map(({ field = '', message = '' }) => ({ path: field, message })) }
        : {}),
    };
  }
  if (error instanceof ConnectionError) {
    const { cluster, verb, resource } = error.place;
    return problem(
      'cluster-unreachable',
      `Cluster "${cluster}" was asked to ${verb} ${resource}: ${error.message}. Check that the cluster runs and that the console can reach it, then try again.`,
      { ...error.place, requestId },
    );
  }
  return problem(
    'internal',
    `The request failed for a reason that is in the console's log under ${requestId}.`,
    {
      requestId,
    },
  );
}

function problem(code: ProblemCode, detail: string, extra: Partial<Problem>): Problem {
  return { title: titleOf[code], status: statusOf[code], code, detail, ...extra };
}

function kubeCode(status: number): ProblemCode {
  if (status === 401) return 'unauthenticated';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'not-found';
  if (status === 409) return 'conflict';
  if (status === 413) return 'too-large';
  if (status === 429) return 'too-many-requests';
  return 'refused-by-cluster';
}

function kubeDetail({ place, status, message }: KubeError): string {
  const where = place.namespace ? ` in namespace "${place.namespace}"` : '';
  const what = place.name ? `${place.resource} "${place.name}"` : place.resource;
  if (status === 401) return `Cluster "${place.cluster}" no longer accepts your token. Sign in again.`;
  return `Cluster "${place.cluster}" was asked to ${place.verb} ${what}${where} and answered: ${message}`;
}

/** The answer of a failed request, as RFC 9457 says. */
export function problemResponse(body: Problem): Response {
  return new Response(JSON.stringify(body), {
    status: body.status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
  });
}
