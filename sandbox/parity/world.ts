import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UserInfo } from '../apiserver/extension.ts';
import type { KubeObject } from '../client/types.ts';
import type { ClusterRuntime } from '../cluster-runtime.ts';
import { startControllers } from '../controllers/start.ts';
import { makeCluster } from '../make-cluster.ts';
import { isCopied, type Subscription } from '../olm/api.ts';
import { Catalog } from '../olm/catalog/catalog.ts';
import type { OlmContext } from '../olm/context.ts';
import { refs } from '../olm/refs.ts';
import { startOlm } from '../olm/start.ts';
import { actions } from '../olm/testing/actions.ts';
import { until } from '../testing/until.ts';
import { recorded } from './recordings.ts';
import { Stories } from './stories.ts';

/** The sandbox in the situation in which the recorded server was when its answers were recorded. */
export interface World {
  cluster: ClusterRuntime;
  olm: OlmContext;
  /** What happened to kiali on the way there. */
  stories: Stories;
  /** The hub's PackageManifests before its folder was swapped for the newer one. */
  firstPackages: unknown;
  stop(): Promise<void>;
}

/** The users of the recorded server; the token is the name. */
const users: Record<string, UserInfo> = {
  admin: { username: 'admin', uid: 'admin-uid', groups: ['system:masters'] },
  viewer: { username: 'viewer', groups: ['viewers'] },
  editor: { username: 'editor', groups: ['editors'] },
  nobody: { username: 'nobody', groups: [] },
};

/** The script that recorded was Python's; it stands in `managedFields` and in messages of conflicts. */
export const recorder = 'Python-urllib/3.12';

const hub = 'operatorhubio-catalog';
const patience = 60_000;

/** Tells the recorded server's story again: kiali and its two upgrades first, then everything that may go wrong. */
export async function recordedWorld(): Promise<World> {
  const stop = new AbortController();
  const folder = await mkdtemp(join(tmpdir(), 'parity-'));
  await cp(recorded.hub, folder, { recursive: true });
  const tokens = (token: string) => (Object.hasOwn(users, token) ? users[token] : undefined);
  const cluster = makeCluster({
    name: 'recorded',
    plain: true,
    speed: 6,
    signal: stop.signal,
    tokens,
    gitVersion: 'v1.36.2',
  });
  startControllers(cluster);
  await cluster.client.create(
    { group: '', version: 'v1', resource: 'nodes' },
    {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'real-node-0', labels: { 'kubernetes.io/os': 'linux' } },
    },
  );
  const catalogs = await openCatalogs(folder);
  const olm = await startOlm(cluster, {
    catalogs: catalogs.map((catalog) => ({ catalog, library: false, platformOnly: false })),
    bundles: [recorded.bundles],
  });
  // The recorded registry did not have this one.
  cluster.nodes.refuseImage('quay.io/operatorhubio/argocd-operator:v0.0.15');
  for (const [group, role] of [
    ['viewers', 'view'],
    ['editors', 'edit'],
  ] as const) {
    await cluster.client.create(refs.clusterRoleBindings, bindingOf(`${group}-${role}`, role, group));
  }

  const stories = new Stories();
  follow(olm, stories);
  const packages = `/apis/packages.operators.coreos.com/v1/packagemanifests?labelSelector=catalog%3D${hub}`;
  const firstPackages = await until('the hub serves its packages', async () => {
    const answer = await cluster.server.handle(
      new Request(`https://sandbox${packages}`, { headers: { authorization: 'Bearer admin' } }),
    );
    const body = (await answer.json()) as { items: unknown[] };
    return body.items.length > 0 && body;
  });
  const newHub = async () => {
    await cp(recorded.newHub, folder, { recursive: true, force: true });
    await catalogs[0]?.reload(() => undefined);
  };
  await liveKiali(olm, newHub);
  for (const event of (await cluster.client.list(refs.events, { namespace: 'operators' })).items) {
    stories.tell({ ...event, kind: 'Event' });
  }
  await fail(olm);
  return {
    cluster,
    olm,
    stories,
    firstPackages,
    stop: async () => {
      stop.abort();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function openCatalogs(folder: string): Promise<Catalog[]> {
  const shown = [
    { name: hub, displayName: 'Community Operators', publisher: 'OperatorHub.io', path: folder },
    { name: 'inline-catalog', displayName: 'Inline Operators', publisher: 'Local', path: recorded.inline },
  ];
  return Promise.all(shown.map((options) => Catalog.open(options, () => undefined)));
}

function follow(olm: OlmContext, stories: Stories): void {
  const inOperators = (object: KubeObject) => object.metadata.namespace === 'operators';
  for (const informer of [olm.subscriptions, olm.installPlans]) {
    informer.on(({ type, object }) => {
      if (type !== 'DELETED' && inOperators(object)) stories.tell(object);
    });
  }
  olm.csvs.on(({ type, object }) => {
    if (type !== 'DELETED' && inOperators(object) && !isCopied(object)) stories.tell(object);
  });
}

/** Subscribes with the recorder's name as the manager of the fields. */
function subscribe(
  olm: OlmContext,
  namespace: string,
  name: string,
  spec: Partial<Subscription['spec']>,
): Promise<Subscription> {
  return olm.cluster.server.client(recorder).create<Subscription>(refs.subscriptions, {
    apiVersion: 'operators.coreos.com/v1alpha1',
    kind: 'Subscription',
    metadata: { name, namespace },
    spec: { channel: 'stable', name, source: hub, sourceNamespace: 'olm', ...spec },
  });
}

async function liveKiali(olm: OlmContext, newHub: () => Promise<void>): Promise<void> {
  const does = actions(olm);
  await subscribe(olm, 'operators', 'kiali', { installPlanApproval: 'Manual' });
  await approve('1.34.0');
  await newHub();
  await approve('1.35.0');
  await approve('1.36.0');
  await does.gone(refs.clusterServiceVersions, { namespace: 'operators', name: 'kiali-operator.v1.35.0' });

  async function approve(version: string): Promise<void> {
    const csv = `kiali-operator.v${version}`;
    const plan = await does.pendingPlan('operators', 'kiali');
    await does.condition('operators', 'kiali', 'InstallPlanPending');
    await does.approve(plan);
    await does.csvIn('operators', csv, 'Succeeded');
    await until(`${csv} is called installed and its plan complete`, () => {
      const done = olm.installPlans.get(`operators/${plan.metadata.name}`)?.status?.phase === 'Complete';
      return done && olm.subscriptions.get('operators/kiali')?.status?.installedCSV === csv;
    });
  }
}

/** The namespaces in which things went wrong, or well, and what they waited for. */
async function fail(olm: OlmContext): Promise<void> {
  const does = actions(olm);
  const { client } = olm.cluster;
  const groups: Record<string, string[]> = {
    'auto-a': ['auto-a-og'],
    multi: ['multi-og'],
    'fail-catalog': ['fail-catalog-og'],
    'fail-mode': ['fail-mode-og'],
    'fail-nochannel': ['fail-nochannel-og'],
    'fail-noog': [],
    'fail-nopkg': ['fail-nopkg-og'],
    'fail-twoog': ['fail-twoog-og', 'fail-twoog-og2'],
    'fail-v1beta1': ['fail-v1beta1-og'],
    'fail-unpack': ['fail-unpack-og'],
  };
  for (const [namespace, names] of Object.entries(groups)) {
    await does.namespace(namespace);
    const timeout =
      namespace === 'fail-unpack' ? { 'operatorframework.io/bundle-unpack-timeout': '25s' } : {};
    for (const name of names) await does.group(namespace, [namespace], name, timeout);
  }
  await client.create(refs.catalogSources, {
    apiVersion: 'operators.coreos.com/v1alpha1',
    kind: 'CatalogSource',
    metadata: { name: 'dead', namespace: 'fail-catalog' },
    spec: { sourceType: 'grpc', address: '127.0.0.1:59999', displayName: 'Dead' },
  });
  const automatic = { installPlanApproval: 'Automatic' } as const;
  const manual = { installPlanApproval: 'Manual' } as const;
  const inline = { source: 'inline-catalog', channel: 'stable-5.x' };
  await subscribe(olm, 'multi', 'cockroachdb', { ...manual, ...inline });
  await subscribe(olm, 'multi', 'keycloak-operator', { ...manual, channel: 'alpha' });
  const startingCSV = 'cockroachdb.v5.0.3';
  await subscribe(olm, 'auto-a', 'cockroachdb', { ...automatic, ...inline, startingCSV });
  await subscribe(olm, 'fail-catalog', 'x', { source: 'dead', sourceNamespace: 'fail-catalog' });
  await subscribe(olm, 'fail-mode', 'kiali', automatic);
  await subscribe(olm, 'fail-nochannel', 'kiali', { ...automatic, channel: 'nightly' });
  await subscribe(olm, 'fail-noog', 'cockroachdb', { ...automatic, channel: 'stable-5.x' });
  await subscribe(olm, 'fail-nopkg', 'no-such-operator', automatic);
  await subscribe(olm, 'fail-twoog', 'cockroachdb', { ...automatic, channel: 'stable-5.x' });
  await subscribe(olm, 'fail-v1beta1', 'jaeger', automatic);
  await subscribe(olm, 'fail-unpack', 'argocd-operator', { ...automatic, channel: 'alpha' });

  const condition = (namespace: string, name: string, type: string) =>
    until(
      `${namespace}/${name} has condition ${type}`,
      () => olm.subscriptions.get({ namespace, name })?.status?.conditions?.some((it) => it.type === type),
      patience,
    );
  await condition('fail-catalog', 'x', 'ResolutionFailed');
  await condition('fail-nochannel', 'kiali', 'ResolutionFailed');
  await condition('fail-nopkg', 'no-such-operator', 'ResolutionFailed');
  await condition('fail-unpack', 'argocd-operator', 'BundleUnpackFailed');
  await condition('fail-v1beta1', 'jaeger', 'InstallPlanFailed');
  await condition('multi', 'keycloak-operator', 'InstallPlanPending');
  await atRest(olm);
  await forgetContainers(olm);
}

/** No container ran on the recorded server, so no kubelet told of one. */
async function forgetContainers({ cluster: { client } }: OlmContext): Promise<void> {
  const { items } = await client.list<KubeObject & { reportingComponent?: string }>(refs.events);
  for (const { metadata, reportingComponent } of items) {
    const { namespace, name = '' } = metadata;
    if (reportingComponent === 'kubelet') await client.delete(refs.events, { namespace, name });
  }
}

/** Waits until nothing of OLM has been written for a while, its left-over conditions included. */
async function atRest(olm: OlmContext): Promise<void> {
  const { cluster } = olm;
  let seen = '';
  let quietSince = Date.now();
  await until(
    'OLM has nothing left to write',
    () => {
      const all = [olm.subscriptions, olm.installPlans, olm.csvs].flatMap((informer) =>
        informer.list().map(({ metadata }) => metadata.resourceVersion),
      );
      const now = all.join();
      if (now !== seen) quietSince = Date.now();
      seen = now;
      return (Date.now() - quietSince) * cluster.clock.speed > 12_000;
    },
    patience,
  );
}

function bindingOf(name: string, role: string, group: string): KubeObject {
  const apiGroup = 'rbac.authorization.k8s.io';
  return {
    apiVersion: `${apiGroup}/v1`,
    kind: 'ClusterRoleBinding',
    metadata: { name },
    roleRef: { apiGroup, kind: 'ClusterRole', name: role },
    subjects: [{ kind: 'Group', apiGroup, name: group }],
  };
}
