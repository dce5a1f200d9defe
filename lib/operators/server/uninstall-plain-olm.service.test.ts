import { afterAll, beforeAll, expect, test } from 'vitest';
import type { KubeObject } from '@/lib/kube/types';
import { eventually, type Sandbox, startSandbox } from '@/lib/testing/sandbox';
import { getOperator } from './get-operator';
import { installOperator } from './install-operator';
import { clusterServiceVersions } from './refs';
import { reviewUninstallation } from './review-uninstallation';
import { uninstallOperator } from './uninstall-operator';

let sandbox: Sandbox;
const admin = () => sandbox.context('admin');
const ref = { catalogNamespace: 'olm', catalog: 'platform', name: 'keda' };
const target = { namespace: 'keda', name: 'keda' };

beforeAll(async () => {
  sandbox = await startSandbox({ SANDBOX_PLAIN: '1' });
  await installOperator(admin(), {
    ref,
    install: {
      channel: 'stable',
      version: '2.17.2',
      namespace: 'keda',
      mode: 'AllNamespaces',
      approval: 'Automatic',
    },
    dryRun: false,
  });
  await eventually(
    () => getOperator(admin(), ref),
    ({ status }) => status === 'Installed',
  );
});
afterAll(() => sandbox?.stop());

const placesOfVersion = async () => {
  const { items } = await admin().kube.list<KubeObject>(clusterServiceVersions);
  return items.flatMap(({ metadata }) =>
    metadata.name.startsWith('keda.') ? [metadata.namespace ?? ''] : [],
  );
};

test('a namespace that holds only a copy has nothing to uninstall', async () => {
  await eventually(placesOfVersion, (places) => places.includes('default'));
  await expect(uninstallOperator(admin(), ref, { namespace: 'default', name: 'keda' })).rejects.toMatchObject(
    {
      code: 'not-found',
    },
  );
  expect(await placesOfVersion()).toContain('default');
});

test('with the original OLM takes its copies away, and the OperatorGroup of the console is left over', async () => {
  const { steps } = await uninstallOperator(admin(), ref, target);
  expect(steps.map(({ kind }) => kind)).toEqual(['Subscription', 'ClusterServiceVersion']);
  await eventually(placesOfVersion, (places) => places.length === 0);
  const { leftovers = [] } = await eventually(
    () => reviewUninstallation(admin(), ref, target),
    ({ leftovers: all = [] }) => all.some(({ kind, keep }) => kind === 'Namespace' && keep === undefined),
  );
  expect(leftovers.filter(({ kind }) => kind === 'OperatorGroup')).toMatchObject([{ namespace: 'keda' }]);
});
