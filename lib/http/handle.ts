import 'server-only';
import { z } from 'zod';
import { cookieReader, readSession, type StoredSession } from '@/lib/auth/session';
import { openCluster, openEvery, openOnPlatform, openWithGlobal } from '@/lib/clusters/server/open-cluster';
import { ProblemError } from '@/lib/kube/problem';
import { checkOrigin, guard, type Handler, type RouteContext } from './guard';
import { parseInput, readBody } from './input';

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

/** Makes a kind of handler on one cluster: as `handle`, with the cluster of the path opened for the user. */
function handleOpened<Opened>(
  open: (session: StoredSession, cluster: string, signal: AbortSignal) => Promise<Opened>,
) {
  return <
    P extends z.ZodType<{ cluster: string }>,
    Q extends z.ZodType = typeof nothing,
    B extends z.ZodType = z.ZodUndefined,
  >(
    options: Options<P, Q, B> & { params: P },
    run: (input: Input<P, Q, B> & { session: StoredSession; context: Opened }) => Promise<unknown>,
  ): Handler =>
    handle<P, Q, B>(options, async (checked) => {
      const { session, params, request } = checked;
      return run({ ...checked, context: await open(session, params.cluster, request.signal) });
    });
}

/** A handler on one cluster. */
export const handleCluster = handleOpened(openCluster);

/** A handler on one cluster whose objects live on the global one: both are opened. */
export const handlePlugins = handleOpened(openWithGlobal);

/** A handler on one cluster that also asks the global one, where the user may. */
export const handleOnPlatform = handleOpened(openOnPlatform);

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
