import 'server-only';
import { randomUUID } from 'node:crypto';
import { isOurHost, isOurOrigin } from '@/lib/auth/origin';
import { environment } from '@/lib/environment';
import { ProblemError } from '@/lib/kube/problem';
import { log } from './log';
import { metrics } from './metrics';
import { problemResponse, toProblem } from './problem-response';
import { revalidated } from './revalidate';

/** Next.js gives routes without parameters none at all. */
export type RouteContext = { params?: Promise<Record<string, string | string[] | undefined>> };
export type Handler = (request: Request, route: RouteContext) => Promise<Response>;

/**
 * What surrounds every handler: the check of the Host, the answer or problem details made of what it returns or
 * throws, the request's id, log and metrics.
 * @param route the route's pattern, for log and metrics
 */
export function guard(
  route: string,
  run: (request: Request, route: RouteContext) => Promise<unknown>,
): Handler {
  return async (request, routeContext) => {
    const requestId = randomUUID();
    const started = performance.now();
    let response: Response;
    try {
      if (!isOurHost(request.headers.get('host'), environment().publicUrl)) {
        throw new ProblemError(
          'misdirected',
          'This console is not served under that name. Use its public address.',
        );
      }
      const result = await run(request, routeContext);
      response = result instanceof Response ? result : json(request, result);
    } catch (error) {
      const body = toProblem(error, requestId);
      if (body.code === 'internal' && !request.signal.aborted)
        log().error({ requestId, route, err: error }, 'request failed');
      response = problemResponse(body);
    }
    response.headers.set('x-request-id', requestId);
    response.headers.set('x-content-type-options', 'nosniff');
    const seconds = (performance.now() - started) / 1000;
    metrics().requests.inc({ method: request.method, route, status: response.status });
    metrics().seconds.observe({ method: request.method, route }, seconds);
    log().debug({ requestId, method: request.method, route, status: response.status, seconds }, 'request');
    return response;
  };
}

/** @throws ProblemError `foreign-origin` when another site's page asks for a change */
export function checkOrigin(request: Request): void {
  if (isRead(request)) return;
  if (!isOurOrigin(request.headers.get('origin'), environment().publicUrl)) {
    throw new ProblemError(
      'foreign-origin',
      "Only pages of this console may change something: the request's Origin is not ours.",
    );
  }
}

function isRead({ method }: Request): boolean {
  return method === 'GET' || method === 'HEAD';
}

function json(request: Request, value: unknown): Response {
  const text = JSON.stringify(value ?? {});
  const headers = { 'content-type': 'application/json', 'cache-control': 'private, no-cache' };
  return isRead(request) ? revalidated(request, text, headers) : new Response(text, { headers });
}
