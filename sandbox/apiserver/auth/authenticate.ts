import type { UserInfo } from '../extension.ts';
import { ApiError } from '../status.ts';

/** Who a bearer token belongs to; `undefined` for a token nobody has. */
export type TokenTable = (token: string) => UserInfo | undefined;

const anonymous: UserInfo = { username: 'system:anonymous', groups: ['system:unauthenticated'] };

/**
 * Finds out who sends a request. Without credentials that is `system:anonymous`.
 * @throws 401 for a token that nobody has, or another authentication scheme
 */
export function authenticate(headers: Headers, tokens: TokenTable): UserInfo {
  const header = headers.get('authorization');
  if (!header) return anonymous;
  const token = /^bearer (\S+)$/i.exec(header.trim())?.[1];
  const user = token === undefined ? undefined : tokens(token);
  if (!user) throw unauthorized();
  return { ...user, groups: [...new Set([...user.groups, 'system:authenticated'])] };
}

/** The refusal of a request whose credentials nobody knows. */
export function unauthorized(): ApiError {
  return new ApiError(401, 'Unauthorized', 'Unauthorized');
}
