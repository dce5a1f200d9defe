import 'server-only';
import type { Context } from '@/lib/kube/context';
import { KubeError } from '@/lib/kube/errors';
import { ProblemError } from '@/lib/kube/problem';
import type { KubeObject } from '@/lib/kube/types';
import type { OperatorRef, Unread } from '../contract';
import type { ApiObject } from '../rules/objects';
import { lossesOf } from '../rules/uninstall/losses';
import { type Api, labelledApis, ownedApis, watchedNamespaces } from '../rules/uninstall/provided-apis';
import { field, list, optionalText } from '../rules/untrusted';
import { versionOfName } from '../rules/version';
import type { SubscriptionRef, Uninstallation } from '../uninstall-contract';
import { findPackage } from './get-operator';
import { readable } from './partial';
import { customResourceDefinitions } from './refs';
import { listInstances } from './uninstall/list-instances';
import { listLeftovers } from './uninstall/list-leftovers';
import { type Installation, readInstallation } from './uninstall/read-installation';

/**
 * Where an uninstallation stands: what is still there, which instances of its APIs exist, what the cluster would
 * lose, and once Subscription and ClusterServiceVersions are gone, what is left. Nothing is remembered: a page that
 * was reloaded goes on from the cluster's own state.
 * @throws ProblemError `not-found` when the Subscription of that name is another operator's
 */
export async function reviewUninstallation(
  context: Context,
  ref: OperatorRef,
  subscription: SubscriptionRef,
): Promise<Uninstallation> {
  const partial: Unread = [];
  const installation = await readInstallation(context, ref, subscription, partial);
  const { versions, subscription: object } = installation;
  const gone = !object && versions.length === 0;
  const catalogued = gone ? await cataloguedApis(context, ref, subscription.namespace) : [];
  const [apis, leftovers] = await Promise.all([
    readApis(context, installation, partial),
    gone ? listLeftovers(context, installation, catalogued, partial) : undefined,
  ]);
  const [version] = versions;
  const annotations = version?.metadata.annotations ?? {};
  return {
    namespace: subscription.namespace,
    name: subscription.name,
    package: ref.name,
    displayName: version?.spec?.displayName?.slice(0, 200) || ref.name,
    subscription: object && removable(object),
    clusterServiceVersions: versions.map((csv) => ({
      ...removable(csv),
      version: csv.spec?.version || versionOfName(csv.metadata.name),
      phase: csv.status?.phase ?? '',
    })),
    apis,
    losses: lossesOf(installation, apis),
    uninstallMessage: optionalText(annotations['operator.openshift.io/uninstall-message'], 2000),
    instanceDeletionDisabled: annotations['console.openshift.io/disable-operand-delete'] === 'true',
    leftovers,
    partial,
  };
}

/** The operator's APIs with their instances: those that its versions own, else those that OLM labelled. */
export async function readApis(context: Context, installation: Installation, partial: Unread) {
  const { versions, groups, namespace } = installation;
  const apis: Api[] =
    versions.length > 0
      ? ownedApis(versions)
      : labelledApis(
          (await readable(context.kube.list<KubeObject>(customResourceDefinitions), partial)) ?? [],
          installation,
        );
  return listInstances(context, apis, watchedNamespaces(versions[0], groups), namespace);
}

/** Names of the CustomResourceDefinitions that the catalog says the package provides; none where it is gone. */
export async function cataloguedApis(
  context: Context,
  ref: OperatorRef,
  namespace: string,
): Promise<string[]> {
  const detail = await findPackage(context, ref, namespace).catch((error) => {
    const gone = error instanceof ProblemError || (error instanceof KubeError && error.status === 403);
    return gone ? undefined : Promise.reject(error);
  });
  const apis = (detail?.channels ?? []).flatMap(({ providedApis }) => providedApis);
  return [...new Set(apis.map(({ name }) => name))];
}

function removable({ metadata }: ApiObject) {
  return {
    name: metadata.name,
    namespace: metadata.namespace,
    uid: metadata.uid,
    deleting: metadata.deletionTimestamp !== undefined,
    finalizers: list(field(metadata, 'finalizers'), (finalizer) => optionalText(finalizer, 253)),
  };
}
