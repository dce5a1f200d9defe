import type { OperatorGroupObject } from '../objects';
import { field, list, text } from '../untrusted';
import type { Action } from './action';
import type { Cause } from './cause';
import type { Surroundings } from './facts';
import { channelsOf } from './offer';

const API_VERSION = 'operators.coreos.com/v1';

/**
 * The OperatorGroup that a namespace lacks. It watches what the Subscription's annotation says, as the platform's own
 * controller reads it; else the namespace alone, or all of them where the operator supports nothing narrower.
 */
export function newGroup(namespace: string, facts: Surroundings): Action[] {
  if (facts.operatorGroups === undefined || facts.operatorGroups.length > 0) return [];
  const targetNamespaces = wantedNamespaces(namespace, facts);
  const manifest = {
    apiVersion: API_VERSION,
    kind: 'OperatorGroup',
    metadata: { generateName: `${namespace}-`, namespace },
    spec: targetNamespaces.length > 0 ? { targetNamespaces } : {},
  };
  return [
    {
      id: 'createOperatorGroup',
      safe: true,
      target: namespace,
      values: { namespace, watches: targetNamespaces.join(', ') },
      writes: [{ verb: 'create', kind: 'OperatorGroup', namespace, name: '', manifest }],
    },
  ];
}

function wantedNamespaces(namespace: string, facts: Surroundings): string[] {
  const annotated = facts.subscriptionsInNamespace?.find(
    ({ metadata }) => metadata.annotations?.['cpaas.io/target-namespaces'] !== undefined,
  )?.metadata.annotations?.['cpaas.io/target-namespaces'];
  if (annotated !== undefined) {
    return annotated
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean)
      .slice(0, 100);
  }
  const [channel] = channelsOf(facts.packageManifest);
  const modes = list(field(field(channel, 'currentCSVDesc'), 'installModes'), (mode) => mode, 10);
  const supports = (type: string) =>
    modes.some((mode) => text(field(mode, 'type'), 50) === type && field(mode, 'supported') === true);
  return !supports('OwnNamespace') && supports('AllNamespaces') ? [] : [namespace];
}

/** Which of several OperatorGroups is too much is for the reader to say. */
export function groupActions(
  { operatorGroups: names }: Extract<Cause, { id: 'severalOperatorGroups' }>,
  namespace: string,
  { operatorGroups }: Surroundings,
): Action[] {
  return names.flatMap((name): Action[] => {
    const group = operatorGroups?.find(({ metadata }) => metadata.name === name);
    if (!group) return [];
    const { uid } = group.metadata;
    return [
      {
        id: 'deleteOperatorGroup',
        safe: false,
        target: name,
        values: { name, watches: (group.spec?.targetNamespaces ?? []).join(', ') },
        writes: [{ verb: 'delete', kind: 'OperatorGroup', namespace, name, uid }],
      },
    ];
  });
}

/** What the OperatorGroup watches can be changed where no other operator of the namespace counts on it. */
export function modeActions(
  { supported }: Extract<Cause, { id: 'modeNotSupported' }>,
  namespace: string,
  { operatorGroups, subscriptionsInNamespace }: Surroundings,
): Action[] {
  const [group, second] = operatorGroups ?? [];
  if (!group || second || (subscriptionsInNamespace?.length ?? 2) > 1) return [];
  const wanted = supported.includes('AllNamespaces')
    ? null
    : supported.includes('OwnNamespace')
      ? [namespace]
      : undefined;
  if (wanted === undefined) return [];
  return [changeGroup(group, namespace, wanted)];
}

function changeGroup(group: OperatorGroupObject, namespace: string, watched: string[] | null): Action {
  const { name, uid } = group.metadata;
  return {
    id: 'changeOperatorGroup',
    safe: false,
    target: name,
    values: { name, watches: watched?.join(', ') ?? '' },
    writes: [
      {
        verb: 'patch',
        kind: 'OperatorGroup',
        namespace,
        name,
        patch: { metadata: { uid }, spec: { targetNamespaces: watched } },
      },
    ],
  };
}
