import 'server-only';
import type { Context } from '@/lib/kube/context';
import { ConnectionError, KubeError } from '@/lib/kube/errors';
import { ProblemError } from '@/lib/kube/problem';
import type { ResourceRef } from '@/lib/kube/types';
import type { OperatorRef } from '../contract';
import {
  type DeleteLeftoversInput,
  type Leftover,
  type LeftoverKind,
  leftoverKindSchema,
  type Removal,
  type RemovalStep,
} from '../uninstall-contract';
import {
  customResourceDefinitions,
  installPlans,
  mutatingWebhooks,
  namespaces,
  operatorGroups,
  validatingWebhooks,
} from './refs';
import { cataloguedApis } from './review-uninstallation';
import { listLeftovers } from './uninstall/list-leftovers';
import { readInstallation } from './uninstall/read-installation';
import { isThere, removeOne } from './uninstall/removal';

const refs: Record<LeftoverKind, ResourceRef> = {
  // A webhook that nobody serves may refuse every other deletion, and a namespace takes the rest with it.
  ValidatingWebhookConfiguration: validatingWebhooks,
  MutatingWebhookConfiguration: mutatingWebhooks,
  CustomResourceDefinition: customResourceDefinitions,
  InstallPlan: installPlans,
  OperatorGroup: operatorGroups,
  Namespace: namespaces,
};
const order = Object.keys(refs);

const SETTLE_MS = 5_000;
const RECHECK_MS = 250;

/**
 * Deletes leftovers of an uninstalled operator, each only if it is still the one that was shown, still left over, and
 * takes no more instances with it than were shown. What is refused does not keep the others.
 * @throws ProblemError `conflict` while the operator is installed
 */
export async function deleteLeftovers(
  context: Context,
  ref: OperatorRef,
  { leftovers, ...target }: DeleteLeftoversInput,
): Promise<Removal> {
  const installation = await readInstallation(context, ref, target, []);
  if (installation.subscription || installation.versions.length > 0) {
    throw new ProblemError(
      'conflict',
      `"${ref.name}" is still installed in namespace "${target.namespace}". Uninstall it first.`,
      { cluster: context.cluster.name, verb: 'delete', namespace: target.namespace, name: target.name },
    );
  }
  const known = await cataloguedApis(context, ref, target.namespace);
  const now = await listLeftovers(context, installation, known, []);
  const steps: RemovalStep[] = [];
  for (const wanted of inOrder(leftovers)) {
    const { kind, name, uid } = wanted;
    const found = now.find((candidate) => candidate.kind === kind && candidate.uid === uid);
    if (!found) steps.push({ kind, name, outcome: 'gone' });
    else steps.push(await remove(context, found, wanted.instances));
  }
  const deadline = Date.now() + SETTLE_MS;
  return { steps: await Promise.all(steps.map((step) => settled(context, step, deadline))) };
}

/** Most of what is being deleted is gone a moment later; what is not has something to wait for. */
async function settled(context: Context, step: RemovalStep, deadline: number): Promise<RemovalStep> {
  const kind = leftoverKindSchema.safeParse(step.kind);
  if (step.outcome !== 'deleting' || !kind.success) return step;
  const { name, namespace } = step;
  while (Date.now() < deadline && !context.signal.aborted) {
    const there = await isThere(context, { ref: refs[kind.data], name, namespace });
    if (!there) return { ...step, outcome: 'deleted' };
    await new Promise((resolve) => setTimeout(resolve, RECHECK_MS));
  }
  return step;
}

async function remove(context: Context, found: Leftover, shown: number | undefined): Promise<RemovalStep> {
  const { kind, name, namespace, uid, keep, instances = 0 } = found;
  const step = { kind, namespace, name };
  if (keep) return { ...step, outcome: 'refused', detail: `${keep.code}: ${keep.names.join(', ')}` };
  if (instances > (shown ?? 0)) {
    const detail = `It has ${instances} instances by now, ${shown ?? 0} were shown. Look again.`;
    return { ...step, outcome: 'refused', detail };
  }
  try {
    return await removeOne(context, { kind, ref: refs[kind], name, namespace, uid });
  } catch (error) {
    if (!(error instanceof KubeError) && !(error instanceof ConnectionError)) throw error;
    return { ...step, outcome: 'refused', detail: error.message };
  }
}

function inOrder<T extends { kind: LeftoverKind }>(leftovers: readonly T[]): T[] {
  return [...leftovers].sort((left, right) => order.indexOf(left.kind) - order.indexOf(right.kind));
}
