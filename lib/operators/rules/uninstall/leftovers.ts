import type { Leftover, UninstallApi } from '../../uninstall-contract';
import {
  type ApiObject,
  type ClusterServiceVersionObject,
  type InstallPlanObject,
  isCopied,
  type OperatorGroupObject,
  planNameOf,
  type SubscriptionObject,
} from '../objects';
import { field, list, optionalText } from '../untrusted';
import { componentLabel } from './ownership';
import { definitionNames } from './provided-apis';

/** What is read of a namespace's content: `undefined` where it could not be told. */
export type NamespaceContent = string[] | undefined;

export interface Remains {
  namespace: string;
  package: string;
  /** The operator's CustomResourceDefinitions that still exist. */
  definitions: readonly ApiObject[];
  apis: readonly UninstallApi[];
  webhooks: readonly ApiObject[];
  plans: readonly InstallPlanObject[];
  groups: readonly OperatorGroupObject[];
  /** The Namespace itself, and what is in it. */
  namespaceObject: ApiObject | undefined;
  content: NamespaceContent;
  /** All that could be read on the cluster; `undefined` where they may not be read everywhere. */
  allVersions: readonly ClusterServiceVersionObject[] | undefined;
  /** Subscriptions of the namespace. */
  subscriptions: readonly SubscriptionObject[];
}

const MAX_NAMES = 20;

/** What is left of an operator, each with the reason why it must stay where there is one. */
export function leftoversOf(remains: Remains): Leftover[] {
  return [
    ...remains.definitions.map((definition) => definitionLeftover(definition, remains)),
    ...remains.webhooks.filter((webhook) => isOrphanedWebhook(webhook, remains)).map(webhookLeftover),
    ...remains.plans
      .filter((plan) => isOrphanedPlan(plan, remains.subscriptions))
      .map((plan) => leftover('InstallPlan', plan)),
    ...groupLeftovers(remains),
    ...namespaceLeftover(remains),
  ];
}

/** Namespaces that belong to the platform: neither they nor their OperatorGroups are ever offered. */
export function isProtectedNamespace(namespace: string): boolean {
  return (
    /^(kube|openshift|cpaas)-/.test(namespace) ||
    ['default', 'olm', 'operators', 'operator-lifecycle-manager'].includes(namespace)
  );
}

/** A CustomResourceDefinition takes its instances with it, and other operators may still need it. */
function definitionLeftover(definition: ApiObject, { allVersions, apis }: Remains): Leftover {
  const api = apis.find(({ name }) => name === definition.metadata.name);
  const others = (allVersions ?? []).filter((version) => !isCopied(version));
  const uses = (relation: 'owned' | 'required') =>
    others
      .filter((version) => definitionNames(version, relation).includes(definition.metadata.name))
      .map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
  return leftover('CustomResourceDefinition', definition, {
    instances: api?.unread === undefined ? api?.instances.length : undefined,
    keep:
      keep('ProvidedByOthers', uses('owned')) ??
      keep('RequiredByOthers', uses('required')) ??
      (allVersions === undefined ? { code: 'NotReadable', names: ['clusterserviceversions'] } : undefined) ??
      (api === undefined || api.unread !== undefined || !api.complete || api.namespaces !== undefined
        ? { code: 'NotReadable', names: [definition.metadata.name] }
        : undefined),
  });
}

/**
 * A webhook that nobody serves any more: OLM's label names a ClusterServiceVersion of the namespace that is gone, or
 * OLM tied it to this operator.
 */
function isOrphanedWebhook({ metadata }: ApiObject, remains: Remains): boolean {
  const { labels = {} } = metadata;
  if (labels[componentLabel(remains.package, remains.namespace)] !== undefined) return true;
  if (labels['olm.owner.namespace'] !== remains.namespace || !labels['olm.owner']) return false;
  if (remains.allVersions === undefined) return false;
  return !remains.allVersions.some(
    (version) =>
      version.metadata.namespace === remains.namespace && version.metadata.name === labels['olm.owner'],
  );
}

function webhookLeftover(webhook: ApiObject): Leftover {
  return leftover(
    webhook.kind === 'MutatingWebhookConfiguration'
      ? 'MutatingWebhookConfiguration'
      : 'ValidatingWebhookConfiguration',
    webhook,
  );
}

/** No Subscription owns it or waits for it: nobody will ever approve or run it. */
function isOrphanedPlan(plan: InstallPlanObject, subscriptions: readonly SubscriptionObject[]): boolean {
  const owners = list(field(plan.metadata, 'ownerReferences'), (owner) =>
    optionalText(field(owner, 'uid'), 128),
  );
  return !subscriptions.some(
    (subscription) =>
      owners.includes(subscription.metadata.uid) || planNameOf(subscription) === plan.metadata.name,
  );
}

/** An OperatorGroup serves every operator of its namespace. */
function groupLeftovers(remains: Remains): Leftover[] {
  if (isProtectedNamespace(remains.namespace)) return [];
  const users = usersOf(remains);
  return remains.groups.map((group) =>
    leftover('OperatorGroup', group, { keep: keep('UsedByOthers', users) }),
  );
}

/** A namespace takes all that is in it with it, so other operators in it are reason enough to keep it. */
function namespaceLeftover(remains: Remains): Leftover[] {
  const { namespace, namespaceObject, content } = remains;
  if (isProtectedNamespace(namespace) || !namespaceObject) return [];
  const unread: Leftover['keep'] = { code: 'NotReadable', names: [namespace] };
  return [
    leftover('Namespace', namespaceObject, {
      keep:
        keep('UsedByOthers', usersOf(remains)) ??
        (content === undefined ? unread : keep('NotEmpty', content)),
    }),
  ];
}

/** Subscriptions and ClusterServiceVersions of the namespace. */
function usersOf({ namespace, subscriptions, allVersions }: Remains): string[] {
  const versions = (allVersions ?? []).filter(
    (version) => version.metadata.namespace === namespace && !isCopied(version),
  );
  return [...subscriptions, ...versions].map(({ metadata }) => metadata.name);
}

function keep(code: NonNullable<Leftover['keep']>['code'], names: readonly string[]): Leftover['keep'] {
  return names.length > 0 ? { code, names: [...new Set(names)].slice(0, MAX_NAMES) } : undefined;
}

function leftover(
  kind: Leftover['kind'],
  { metadata }: ApiObject,
  more: Pick<Leftover, 'instances' | 'keep'> = {},
): Leftover {
  return {
    kind,
    name: metadata.name,
    namespace: metadata.namespace,
    uid: metadata.uid,
    deleting: metadata.deletionTimestamp !== undefined,
    finalizers: list(field(metadata, 'finalizers'), (finalizer) => optionalText(finalizer, 253)),
    ...more,
  };
}
