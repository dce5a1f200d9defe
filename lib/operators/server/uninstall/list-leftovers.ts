import 'server-only';
import type { Context } from '@/lib/kube/context';
import type { KubeObject } from '@/lib/kube/types';
import type { Unread } from '../../contract';
import { isProtectedNamespace, leftoversOf } from '../../rules/uninstall/leftovers';
import { apiOf, labelledApis } from '../../rules/uninstall/provided-apis';
import type { Leftover } from '../../uninstall-contract';
import { readable } from '../partial';
import { customResourceDefinitions, mutatingWebhooks, namespaces, validatingWebhooks } from '../refs';
import { listInstances } from './list-instances';
import { listNamespaceContent } from './list-namespace-content';
import { type Installation, optional } from './read-installation';

/**
 * What OLM leaves behind of an operator whose Subscription and ClusterServiceVersions are gone.
 * @param known the operator's CustomResourceDefinitions that its catalog names, for those that OLM did not label
 * @param partial gets what the user may not read
 */
export async function listLeftovers(
  context: Context,
  installation: Installation,
  known: readonly string[],
  partial: Unread,
): Promise<Leftover[]> {
  const { kube } = context;
  const { namespace } = installation;
  const [definitions, validating, mutating, namespaceObject] = await Promise.all([
    readable(kube.list<KubeObject>(customResourceDefinitions), partial),
    readable(kube.list<KubeObject>(validatingWebhooks), partial),
    readable(kube.list<KubeObject>(mutatingWebhooks), partial),
    optional(kube.get<KubeObject>(namespaces, namespace)),
  ]);
  const own = ownDefinitions(definitions ?? [], installation, known);
  const [apis, content] = await Promise.all([
    // A CustomResourceDefinition takes the instances of every namespace with it.
    listInstances(context, own.map(apiOf), undefined, namespace),
    namespaceObject && !isProtectedNamespace(namespace)
      ? listNamespaceContent(context, namespace)
      : Promise.resolve(undefined),
  ]);
  return leftoversOf({
    namespace,
    package: installation.package,
    definitions: own,
    apis,
    webhooks: [
      ...withKind(validating, 'ValidatingWebhookConfiguration'),
      ...withKind(mutating, 'MutatingWebhookConfiguration'),
    ],
    plans: installation.plans,
    groups: installation.groups,
    namespaceObject,
    content,
    allVersions: installation.sawAllVersions ? installation.allVersions : undefined,
    subscriptions: installation.others.filter(({ metadata }) => metadata.namespace === namespace),
  });
}

function ownDefinitions(
  definitions: readonly KubeObject[],
  installation: Installation,
  known: readonly string[],
): KubeObject[] {
  const labelled = new Set(labelledApis(definitions, installation).map(({ name }) => name));
  return definitions.filter(({ metadata }) => {
    if (labelled.has(metadata.name)) return true;
    const ofAnother = Object.keys(metadata.labels ?? {}).some((label) =>
      label.startsWith('operators.coreos.com/'),
    );
    return known.includes(metadata.name) && !ofAnother;
  });
}

/** Objects of a list carry no kind. */
function withKind(objects: readonly KubeObject[] | undefined, kind: string): KubeObject[] {
  return (objects ?? []).map((object) => ({ ...object, kind }));
}
