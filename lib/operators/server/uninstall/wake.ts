import 'server-only';
import type { Context } from '@/lib/kube/context';
import { watchChanges } from '@/lib/kube/watch';
import type { Api } from '../../rules/uninstall/provided-apis';

// What happens between a list and the start of a watch is seen by neither; so a list is read again at least so often.
const RECHECK_MS = 5_000;
const BURST_MS = 150;

/** Follows APIs: `changed` resolves when something may have changed, at the latest after five seconds. */
export function followApis(
  context: Context,
  apis: readonly Api[],
  places: readonly (string | undefined)[],
  signal: AbortSignal,
): { changed: (withinMs: number) => Promise<void> } {
  let dirty = false;
  let wake = () => {};
  const tell = () => {
    dirty = true;
    wake();
  };
  for (const api of apis) {
    for (const namespace of places) {
      void watchChanges(
        context.kube,
        api,
        { namespace, signal },
        { onEvent: tell, onGap: tell, onRefused: () => {} },
      );
    }
  }
  return {
    changed: async (withinMs) => {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.max(0, Math.min(withinMs, RECHECK_MS)));
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
        if (dirty || signal.aborted) wake();
      });
      if (dirty) await new Promise((resolve) => setTimeout(resolve, BURST_MS));
      dirty = false;
    },
  };
}
