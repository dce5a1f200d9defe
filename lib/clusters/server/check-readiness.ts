import 'server-only';
import { KubeClient } from '@/lib/kube/client';
import { ConnectionError } from '@/lib/kube/errors';
import { platform } from './platform';

const TIMEOUT_MS = 2_000;

/**
 * Whether the console can serve: its settings are sound. Whether the platform answers right now is told
 * beside it, because a console that says why a platform is down is of more use than none.
 */
export async function checkReadiness(): Promise<{ ready: boolean; platform: string; reason?: string }> {
  try {
    const target = await platform().signInCluster(undefined);
    if (!target) return { ready: true, platform: 'unknown' };
    const anonymous = new KubeClient(target.endpoint, { key: 'anonymous', headers: {} });
    try {
      await anonymous.path('/version', { verb: 'get', resource: 'version' }, { timeoutMs: TIMEOUT_MS });
    } catch (error) {
      // Any answer of the API server, a refusal too, shows that it is there.
      if (error instanceof ConnectionError)
        return { ready: true, platform: 'unreachable', reason: error.message };
    }
    return { ready: true, platform: 'reachable' };
  } catch (error) {
    return { ready: false, platform: 'unknown', reason: error instanceof Error ? error.message : 'unknown' };
  }
}
