import 'server-only';
import type { Context } from '@/lib/kube/context';
import { ProblemError } from '@/lib/kube/problem';
import type { OperatorRef, Unread } from '../contract';
import type { InstallInput, InstallNamespace, InstallResult } from '../install-contract';
import { checkInstallation } from '../rules/install-checks';
import type { Installable } from '../rules/install-modes';
import { planInstallation } from '../rules/installation';
import { manualApprovalOnly } from '../rules/source';
import { findPackage, operatorGroupBy } from './get-operator';
import { InstallRun } from './install-run';
import { readInstallNamespace } from './list-install-namespaces';

/**
 * Subscribes an operator: Namespace when it is missing, OperatorGroup where the console makes it,
 * Subscription. Everything is dry-run before anything stays; when an object is refused, those that this
 * request made are removed again.
 *
 * A dry-run in a namespace that does not exist is 404, so a missing namespace is really created before the
 * rest can be checked in it. With `dryRun` nothing is written at all, and the rest stays `unchecked`.
 * @throws ProblemError `invalid-input` naming the wrong fields, `conflict` when the namespace already has the
 * package; for a refusal of the cluster its code, with `steps` telling what became of each object
 */
export async function installOperator(
  context: Context,
  { ref, install, dryRun }: { ref: OperatorRef; install: InstallInput; dryRun: boolean },
): Promise<InstallResult> {
  const partial: Unread = [];
  const [detail, groupBy, namespace] = await Promise.all([
    findPackage(context, ref, install.namespace),
    operatorGroupBy(context),
    readInstallNamespace(context, install.namespace, partial),
  ]);
  const operator: Installable = {
    ...detail,
    manualApprovalOnly: manualApprovalOnly(detail.source),
    operatorGroupBy: groupBy,
  };
  if (groupBy === 'console') refuseUnreadGroups(context, install, partial);
  refuseProblems(context, operator, install, namespace);

  const manifests = planInstallation(operator, install, namespace);
  const run = new InstallRun(context, manifests);
  if (namespace) run.exists('v1', 'Namespace', namespace.name);
  const newNamespace = namespace ? undefined : manifests[0];
  const contents = newNamespace ? manifests.slice(1) : manifests;

  if (newNamespace) {
    await run.check(newNamespace);
    if (!dryRun) await run.create(newNamespace);
  }
  if (newNamespace && dryRun) run.leaveUnchecked(contents);
  else for (const manifest of contents) await run.check(manifest);
  if (!dryRun) for (const manifest of contents) await run.create(manifest);

  const subscription = manifests.at(-1)?.metadata;
  return {
    dryRun,
    subscription: { namespace: install.namespace, name: subscription?.name ?? '' },
    steps: run.steps(),
  };
}

/** A second OperatorGroup stops a namespace for good, so none is made where the first can't be seen. */
function refuseUnreadGroups(context: Context, { namespace }: InstallInput, partial: Unread): void {
  const unread = partial.find(({ resource }) => resource.startsWith('operatorgroups'));
  if (!unread) return;
  throw new ProblemError(
    'forbidden',
    `Whether namespace "${namespace}" needs an OperatorGroup can not be told: ${unread.reason}`,
    { cluster: context.cluster.name, verb: 'list', resource: unread.resource, namespace },
  );
}

function refuseProblems(
  context: Context,
  operator: Installable,
  install: InstallInput,
  namespace: InstallNamespace | undefined,
): void {
  const problems = checkInstallation(operator, install, namespace);
  if (problems.length === 0) return;
  const code = problems.every((problem) => problem.code === 'AlreadySubscribed')
    ? 'conflict'
    : 'invalid-input';
  throw new ProblemError(code, problems.map(({ message }) => message).join(' '), {
    cluster: context.cluster.name,
    verb: 'create',
    resource: 'subscriptions',
    namespace: install.namespace,
    name: operator.name,
    fields: problems.map(({ path, message }) => ({ path, message })),
  });
}
