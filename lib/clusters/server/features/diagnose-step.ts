import 'server-only';
import type { PlatformContext } from '@/lib/kube/context';
import { ConnectionError, KubeError } from '@/lib/kube/errors';
import { readInstalledOperators } from '@/lib/operators/server/list-installed-operators';
import type { Step } from '../../features-contract';

/** What keeps an operator whose upgrade has failed; undefined where nothing more is known than the step says. */
export async function diagnoseStep(
  context: PlatformContext,
  { kind, namespace, name }: Step,
): Promise<Step['stuck']> {
  if (kind !== 'operator' || !namespace) return undefined;
  try {
    const { items } = await readInstalledOperators(context, { namespace });
    const stuck = items.find((row) => row.kind === 'Subscription' && row.name === name)?.stuck;
    // OLM may head for the next upgrade already: what that waits for is not why this one failed.
    return stuck?.key.startsWith('waitsForApproval') ? undefined : stuck;
  } catch (error) {
    if (error instanceof KubeError || error instanceof ConnectionError) return undefined;
    throw error;
  }
}
