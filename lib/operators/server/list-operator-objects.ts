import 'server-only';
import type { Context } from '@/lib/kube/context';
import type { OperatorRef, Unread } from '../contract';
import type { OperatorObject } from '../installed-contract';
import { toYaml } from '../rules/installation';
import { installationObjects } from '../rules/operator-objects';
import { readInstallations } from './read-olm';

const MAX_YAML = 1_000_000;

/** Subscriptions, plans and ClusterServiceVersions of an operator, as the cluster holds them. */
export async function listOperatorObjects(
  context: Context,
  ref: OperatorRef,
  { namespace }: { namespace?: string } = {},
): Promise<{ items: OperatorObject[]; partial: Unread }> {
  const partial: Unread = [];
  const { subscriptions, facts } = await readInstallations(context, partial, { namespace, ref });
  const items = subscriptions
    .flatMap((subscription) => installationObjects(subscription, facts))
    .map((object) => ({
      kind: object.kind,
      namespace: object.metadata.namespace ?? '',
      name: object.metadata.name,
      yaml: cut(toYaml([object])),
    }));
  return { items, partial };
}

function cut(yaml: string): string {
  return yaml.length > MAX_YAML ? `${yaml.slice(0, MAX_YAML)}\n# cut after ${MAX_YAML} characters\n` : yaml;
}
