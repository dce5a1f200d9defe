import type { Problem } from '@/lib/http/contract';
import { ProblemResponse } from '@/lib/http/fetch';

/** The problem details of a refused request; undefined for every other error. */
export function problemOf(error: unknown): Problem | undefined {
  return error instanceof ProblemResponse ? error.problem : undefined;
}
