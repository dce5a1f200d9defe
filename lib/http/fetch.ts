import type { z } from 'zod';
import { type Problem, problemSchema } from './contract';

/** A refused request, as the console's own server told it. */
export class ProblemResponse extends Error {
  override readonly name = 'ProblemResponse';

  constructor(readonly problem: Problem) {
    super(problem.detail);
  }
}

/** What the browser says when the console itself does not answer. */
export const unreachable: Problem = {
  title: 'The console does not answer',
  detail: 'The request did not reach the console, or its answer did not come back.',
  status: 0,
  code: 'internal',
};

/**
 * Asks the console's own server and checks the answer's shape.
 * @throws ProblemResponse for every refusal, also when nothing answered
 */
export async function request<Schema extends z.ZodType>(
  schema: Schema,
  path: string,
  init: { method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'; body?: unknown; signal?: AbortSignal } = {},
): Promise<z.infer<Schema>> {
  let response: Response;
  try {
    response = await fetch(path, {
      method: init.method ?? 'GET',
      signal: init.signal,
      credentials: 'same-origin',
      ...(init.body === undefined
        ? {}
        : { body: JSON.stringify(init.body), headers: { 'content-type': 'application/json' } }),
    });
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new ProblemResponse(unreachable);
  }
  if (response.ok) return schema.parse(await response.json());
  const problem = problemSchema.safeParse(await response.json().catch(() => undefined));
  throw new ProblemResponse(
    problem.success
      ? problem.data
      : { ...unreachable, status: response.status, detail: `HTTP ${response.status}` },
  );
}
