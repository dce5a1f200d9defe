import type { KubeObject } from '@/lib/kube/types';
import { eventually, type Sandbox } from '@/lib/testing/sandbox';
import type { CureAction, InstallationDiagnosis } from '../diagnosis-contract';
import { cureInstallation } from './cure-installation';
import { diagnoseInstallation } from './diagnose-installation';
import { namespaces, operatorGroups, subscriptions } from './refs';

export const OLM = 'operators.coreos.com';

/** The API `things.made.example.com`, for a bundle that brings it. */
export const things = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'things.made.example.com' },
  spec: {
    group: 'made.example.com',
    scope: 'Namespaced',
    names: { plural: 'things', singular: 'thing', kind: 'Thing', listKind: 'ThingList' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
      },
    ],
  },
};

interface Wanted {
  namespace?: string;
  approval?: 'Manual' | 'Automatic';
  channel?: string;
  startingCSV?: string;
  source?: string;
  cluster?: string;
  /** Namespaces that the OperatorGroup watches; `null` makes none. */
  watches?: string[] | null;
  groupAnnotations?: Record<string, string>;
}

export const refOf = (name: string, namespace = name) => ({ kind: 'Subscription' as const, namespace, name });

/** What people with kubectl do to a sandbox, and what the diagnosis then says, as `admin`. */
export function stuckOn(sandbox: Sandbox) {
  const admin = (cluster?: string) => sandbox.context('admin', cluster);
  const diagnosed = (name: string, namespace: string, cluster?: string) =>
    diagnoseInstallation(admin(cluster), refOf(name, namespace));

  async function makeNamespace(name: string, labels: Record<string, string> = {}, cluster?: string) {
    const metadata = { name, labels };
    await admin(cluster).kube.create(namespaces, { apiVersion: 'v1', kind: 'Namespace', metadata });
  }

  async function addGroup(namespace: string, name: string, wanted: Wanted = {}): Promise<void> {
    const spec = wanted.watches?.length ? { targetNamespaces: wanted.watches } : {};
    const metadata = { name, namespace, annotations: wanted.groupAnnotations ?? {} };
    const group = { apiVersion: `${OLM}/v1`, kind: 'OperatorGroup', metadata, spec };
    await admin(wanted.cluster).kube.create(operatorGroups, group, { namespace });
  }

  return {
    admin,
    makeNamespace,
    addGroup,

    /** Subscribes to a package in a namespace of its name, which is made where it is not there. */
    async subscribe(name: string, wanted: Wanted = {}): Promise<void> {
      const { namespace = name, approval = 'Automatic', channel = 'stable', source = 'made' } = wanted;
      await makeNamespace(namespace, {}, wanted.cluster).catch(() => undefined);
      if (wanted.watches !== null) await addGroup(namespace, 'group', wanted);
      await admin(wanted.cluster).kube.create(
        subscriptions,
        {
          apiVersion: `${OLM}/v1alpha1`,
          kind: 'Subscription',
          metadata: { name, namespace },
          spec: {
            name,
            channel,
            source,
            sourceNamespace: 'cpaas-system',
            installPlanApproval: approval,
            ...(wanted.startingCSV ? { startingCSV: wanted.startingCSV } : {}),
          },
        },
        { namespace },
      );
    },

    /** What the diagnosis says once it names this cause. */
    told(
      key: InstallationDiagnosis['key'],
      name: string,
      { namespace = name, cluster }: Wanted = {},
    ): Promise<InstallationDiagnosis> {
      return eventually(
        () => diagnosed(name, namespace, cluster),
        (diagnosis) => diagnosis.key === key,
        90_000,
      );
    },

    /** Does what the diagnosis offers. */
    async cure(
      name: string,
      diagnosis: InstallationDiagnosis,
      id: CureAction['id'],
      { namespace = name, cluster, target }: Wanted & { target?: string } = {},
    ): Promise<void> {
      const action = diagnosis.actions.find((one) => one.id === id && (!target || one.target === target));
      if (!action?.changes.length)
        throw new Error(`no ${id} is offered: ${JSON.stringify(diagnosis.actions)}`);
      await cureInstallation(admin(cluster), refOf(name, namespace), action);
    },

    /** It runs: its ClusterServiceVersion has succeeded. */
    runs(name: string, { namespace = name, cluster }: Wanted = {}): Promise<InstallationDiagnosis> {
      return eventually(
        () => diagnosed(name, namespace, cluster),
        ({ key }) => key === 'none',
        90_000,
      );
    },

    /** Asks the sandbox for what it can only be told: images that no registry gives, or that never get ready. */
    async images(body: {
      refuse?: string[];
      allow?: string[];
      keepUnready?: string[];
      allowReady?: string[];
    }) {
      const { Agent, fetch: ask } = await import('undici');
      const dispatcher = new Agent({ connect: { ca: sandbox.ca } });
      const answer = await ask(`${sandbox.url}/sandbox/faults`, {
        method: 'POST',
        body: JSON.stringify({ images: body }),
        headers: { 'content-type': 'application/json' },
        dispatcher,
      });
      await dispatcher.close();
      if (!answer.ok) throw new Error(`the sandbox refused the fault: ${answer.status}`);
    },

    /** The objects of a kind in a namespace. */
    async all(ref: Parameters<ReturnType<typeof admin>['kube']['list']>[0], namespace: string) {
      return (await admin().kube.list<KubeObject>(ref, { namespace })).items;
    },
  };
}
