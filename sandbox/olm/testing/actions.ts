import type { KubeObject, ObjectKey } from '../../client/types.ts';
import { until } from '../../testing/until.ts';
import type { ClusterServiceVersion, InstallPlan, OperatorGroup, Subscription } from '../api.ts';
import type { OlmContext } from '../context.ts';
import { refs } from '../refs.ts';

/** What tests do on a cluster, all of it through the API. */
export function actions(olm: OlmContext) {
  const { client } = olm.cluster;
  const sub = (namespace: string, name: string) => olm.subscriptions.get({ namespace, name });
  return {
    async namespace(name: string): Promise<void> {
      await client.create(refs.namespaces, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
    },

    /** An OperatorGroup that watches `targets`; its own namespace by default, all with `[]`. */
    async group(
      namespace: string,
      targets: string[] = [namespace],
      name = 'group',
      annotations = {},
    ): Promise<void> {
      await client.create<OperatorGroup>(refs.operatorGroups, {
        apiVersion: 'operators.coreos.com/v1',
        kind: 'OperatorGroup',
        metadata: { name, namespace, annotations },
        spec: targets.length === 0 ? {} : { targetNamespaces: targets },
      });
    },

    /** A Subscription named after its package; `spec` and `annotations` are laid over Automatic on `stable` of `hub`. */
    subscribe(
      namespace: string,
      name: string,
      spec: Partial<Subscription['spec']> = {},
      annotations: Record<string, string> = {},
    ): Promise<Subscription> {
      return client.create<Subscription>(refs.subscriptions, {
        apiVersion: 'operators.coreos.com/v1alpha1',
        kind: 'Subscription',
        metadata: { name, namespace, annotations },
        spec: {
          name,
          channel: 'stable',
          source: 'hub',
          sourceNamespace: olm.globalNamespace,
          installPlanApproval: 'Automatic',
          ...spec,
        },
      });
    },

    approve(plan: InstallPlan): Promise<KubeObject> {
      const { namespace, name = '' } = plan.metadata;
      return client.patch(
        refs.installPlans,
        { namespace, name },
        { spec: { approved: true } },
        { type: 'merge' },
      );
    },

    /** The plan that the Subscription points at, once it waits for approval. */
    pendingPlan(namespace: string, name: string): Promise<InstallPlan> {
      return until(`a plan of ${namespace}/${name} waits for approval`, () => {
        const { status } = sub(namespace, name) ?? {};
        const plan = olm.installPlans.get(`${namespace}/${status?.installPlanRef?.name}`);
        return plan?.status?.phase === 'RequiresApproval' && !plan.spec.approved ? plan : undefined;
      });
    },

    csvIn(namespace: string, name: string, phase: string): Promise<ClusterServiceVersion> {
      return until(`${namespace}/${name} is ${phase}`, () => {
        const csv = olm.csvs.get({ namespace, name });
        return csv?.status?.phase === phase ? csv : undefined;
      });
    },

    condition(namespace: string, name: string, type: string) {
      return until(`${namespace}/${name} has condition ${type}`, () =>
        sub(namespace, name)?.status?.conditions?.find((it) => it.type === type),
      );
    },

    settled(namespace: string, name: string): Promise<Subscription> {
      return until(`${namespace}/${name} is at the latest known version`, () => {
        const subscription = sub(namespace, name);
        return subscription?.status?.state === 'AtLatestKnown' ? subscription : undefined;
      });
    },

    gone(ref: { group: string; version: string; resource: string }, key: ObjectKey): Promise<boolean> {
      return until(`${ref.resource} ${key.namespace ?? ''}/${key.name} is gone`, async () => {
        return (await client.find(ref, key)) === undefined;
      });
    },
  };
}
