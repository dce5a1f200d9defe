import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { request } from '@/lib/http/fetch';
import { type Session, sessionSchema, type TokenInput } from './contract';

/** Who is signed in. */
export function sessionQuery() {
  return queryOptions({
    queryKey: ['session'],
    queryFn: ({ signal }) => request(sessionSchema, '/api/auth/session', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Signs in with a bearer token. @throws ProblemResponse `unauthenticated` when the cluster does not accept it */
export function signIn(input: TokenInput): Promise<Session> {
  return request(sessionSchema, '/api/auth/token', { method: 'POST', body: input });
}

/** Signs in as kubectl would with the kubeconfig that the console was given. @throws ProblemResponse as `signIn` does */
export function signInWithKubeconfig(input: { cluster?: string }): Promise<Session> {
  return request(sessionSchema, '/api/auth/kubeconfig', { method: 'POST', body: input });
}

/** Ends the session of this browser, in all clusters that it signed in to. */
export async function signOut(): Promise<void> {
  await request(z.object({}), '/api/auth/logout', { method: 'POST', body: {} });
}
