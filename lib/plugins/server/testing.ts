import type { GlobalContext } from '@/lib/kube/context';
import type { Sandbox, SandboxUser } from '@/lib/testing/sandbox';

/** What a plugin's verb gets when this user asks for this cluster. */
export function globalContext(sandbox: Sandbox, user: SandboxUser, cluster = 'business'): GlobalContext {
  return { ...sandbox.context(user, cluster), global: sandbox.context(user, 'global').kube };
}
