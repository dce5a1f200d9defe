import 'server-only';
import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { isOurHost, isOurOrigin } from '@/lib/auth/origin';
import { cookieReader, readSession, type StoredSession } from '@/lib/auth/session';
import { openCluster, openEvery, openOnPlatform, openWithGlobal } from '@/lib/clusters/server/open-cluster';
import { environment } from '@/lib/environment';
import type { Context, GlobalContext, PlatformContext } from '@/lib/kube/context';
import { ProblemError } from '@/lib/kube/problem';
import { parseInput, readBody } from './input';
import { log } from './log';
import { metrics } from './metrics';
import { problemResponse, toProblem } from './problem-response';

const nothing = z.object({});

interface Options<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType> {
  /** The route's pattern, for logs and metrics. */
  route: string;
  params?: Params;
  query?: Query;
  body?: Body;
}

interface Input<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType> {
  request: Request;
  params: z.infer<Params>;
  query: z.infer<Query>;
  body: z.infer<Body>;
}

/** Next.js gives routes without parameters none at all. */
type RouteContext = { params?: Promise<Record<string, string | string[] | undefined>> };
type Handler = (request: Request, route: RouteContext) => Promise<Response>;

/**
 * A handler for signed-in users. Checks come in the order of the contract: Host, session, Origin,
 * content type, parameters and body; then the verb runs. What it returns becomes JSON with an ETag,
 * unless it is a Response already; what it throws becomes problem details.
 */
export function handle<
  P extends z.ZodType = typeof nothing,
  Q extends z.ZodType = typeof nothing,
  B extends z.ZodType = z.ZodUndefined,
>(
  options: Options<P, Q, B>,
  run: (input: Input<P, Q, B> & { session: StoredSession }) => Promise<unknown>,
): Handler {
  return guard(options.route, async (request, route) => {
    const session = await readSession(cookieReader(request.headers.get('cookie')));
    if (!session)
      throw new ProblemError('unauthenticated', 'Sign in first: there is no session, or it has ended.');
    checkOrigin(request);
    return run({ ...(await input(options, request, route)), session });
  });
}

/** A handler on one cluster: as `handle`, with the cluster of the path looked up and opened for the user. */
export function handleCluster<
  P extends z.ZodType<{ cluster: string }>,
  Q extends z.ZodType = typeof nothing,
  B extends z.ZodType = z.ZodUndefined,
>(
  options: Options<P, Q, B> & { params: P },
  run: (input: Input<P, Q, B> & { session: StoredSession; context: Context }) => Promise<unknown>,
): Handler {
  return handle<P, Q, B>(options, async (checked) => {
    const context = await openCluster(checked.session, checked.params.cluster, checked.request.signal);
    return run({ ...checked, context });
  });
}

/** A handler on one cluster whose objects live on the global one: as `handleCluster`, with both opened. */
export function handlePlugins<
  P extends z.ZodType<{ cluster: string }>,
  Q extends z.ZodType = typeof nothing,
  B extends z.ZodType = z.ZodUndefined,
>(
  options: Options<P, Q, B> & { params: P },
  run: (input: Input<P, Q, B> & { session: StoredSession; context: GlobalContext }) => Promise<unknown>,
): Handler {
  return handle<P, Q, B>(options, async (checked) => {
    const context = await openWithGlobal(checked.session, checked.params.cluster, checked.request.signal);
    return run({ ...checked, context });
  });
}

/** A handler on one cluster that also asks the global one, where the user may: as `handleCluster`. */
export function handleOnPlatform<
  P extends z.ZodType<{ cluster: string }>,
  Q extends z.ZodType = typeof nothing,
  B extends z.ZodType = z.ZodUndefined,
>(
  options: Options<P, Q, B> & { params: P },
  run: (input: Input<P, Q, B> & { session: StoredSession; context: PlatformContext }) => Promise<unknown>,
): Handler {
  return handle<P, Q, B>(options, async (checked) => {
    const context = await openOnPlatform(checked.session, checked.params.cluster, checked.request.signal);
    return run({ ...checked, context });
  });
}

/** A handler for what is spread over all clusters: as `handle`, with every one opened that the user may reach. */
export function handleEveryCluster<
  P extends z.ZodType = typeof nothing,
  Q extends z.ZodType = typeof nothing,
  B extends z.ZodType = z.ZodUndefined,
>(
  options: Options<P, Q, B>,
  run: (
    input: Input<P, Q, B> & { session: StoredSession; clusters: Awaited<ReturnType<typeof openEvery>> },
  ) => Promise<unknown>,
): Handler {
  return handle<P, Q, B>(options, async (checked) =>
    run({ ...checked, clusters: await openEvery(checked.session, checked.request.signal) }),
  );
}

/** A handler for anybody: sign-in and the like. */
export function handlePublic<
  P extends z.ZodType = typeof nothing,
  Q extends z.ZodType = typeof nothing,
  B extends z.ZodType = z.ZodUndefined,
>(options: Options<P, Q, B>, run: (input: Input<P, Q, B>) => Promise<unknown>): Handler {
  return guard(options.route, async (request, route) => {
    checkOrigin(request);
    return run(await input(options, request, route));
  });
}

function guard(
  route: string,
  run: Handler | ((request: Request, route: RouteContext) => Promise<unknown>),
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

function checkOrigin(request: Request): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  if (!isOurOrigin(request.headers.get('origin'), environment().publicUrl)) {
    throw new ProblemError(
      'foreign-origin',
      "Only pages of this console may change something: the request's Origin is not ours.",
    );
  }
}

async function input<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  options: Options<P, Q, B>,
  request: Request,
  route: RouteContext,
): Promise<Input<P, Q, B>> {
  // The content type is judged before the parameters: 415 comes before 422.
  const body = options.body ? await readBody(request) : undefined;
  const query = Object.fromEntries(new URL(request.url).searchParams);
  return {
    request,
    params: parseInput(options.params ?? nothing, (await route.params) ?? {}) as z.infer<P>,
    query: parseInput(options.query ?? nothing, query) as z.infer<Q>,
    body: (options.body ? parseInput(options.body, body) : undefined) as z.infer<B>,
  };
}

function json(request: Request, value: unknown): Response {
  const text = JSON.stringify(value ?? {});
  const headers = { 'content-type': 'application/json', 'cache-control': 'private, no-cache' };
  if (request.method !== 'GET') return new Response(text, { headers });
  const etag = `"${createHash('sha1').update(text).digest('base64url')}"`;
  const known = request.headers
    .get('if-none-match')
    ?.split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''));
  if (known?.includes(etag)) return new Response(null, { status: 304, headers: { etag } });
  return new Response(text, { headers: { ...headers, etag } });
}
