import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually, type Sandbox, startSandbox } from '@/lib/testing/sandbox';
import type { InstallInput } from '../install-contract';
import { getOperator } from './get-operator';
import { installOperator } from './install-operator';
import { listInstallNamespaces } from './list-install-namespaces';
import { readInstallFacts } from './read-install-facts';
import { catalogSources } from './refs';

const lonely = fileURLToPath(new URL('../../../e2e/support/lonely-catalog', import.meta.url));
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ SANDBOX_CATALOGS: `lonely=${lonely}` });
});
afterAll(() => sandbox?.stop());

const ref = (name: string, catalog = 'platform') => ({ catalogNamespace: 'cpaas-system', catalog, name });
const grafana: InstallInput = {
  channel: 'v5',
  version: '5.18.0',
  namespace: 'grafana',
  mode: 'OwnNamespace',
  approval: 'Automatic',
};

describe('the facts around an installation', () => {
  test('are calm where nothing stands in the way', async () => {
    expect(await readInstallFacts(sandbox.context('admin'), ref('jaeger'))).toEqual({
      catalog: { exists: true, state: 'READY', global: true },
      apiOwners: [],
      missingApis: [],
      partial: [],
    });
  });

  test('name who provides an API already, with what it watches', async () => {
    const install = { ref: ref('grafana-operator'), install: grafana, dryRun: false };
    await installOperator(sandbox.context('admin'), install);
    const facts = await eventually(
      () => readInstallFacts(sandbox.context('admin'), ref('grafana-operator')),
      ({ apiOwners }) => apiOwners.length > 0,
    );
    expect(facts.apiOwners).toEqual([
      expect.objectContaining({
        namespace: 'grafana',
        clusterServiceVersion: 'grafana-operator.v5.18.0',
        targetNamespaces: ['grafana'],
        operator: ref('grafana-operator'),
        apis: expect.arrayContaining(['grafanas.grafana.integreatly.org']),
      }),
    ]);
  });

  test('name the API that nobody provides, and not one that a catalog offers', async () => {
    const alone = await readInstallFacts(sandbox.context('admin'), ref('lonely-operator', 'lonely'));
    expect(alone.missingApis).toEqual(['companions.company.example.com']);
    const topology = ref('rabbitmq-messaging-topology-operator');
    expect((await readInstallFacts(sandbox.context('admin'), topology)).missingApis).toEqual([]);
  });

  test('are read with the rights of who asks', async () => {
    const seen = await readInstallFacts(sandbox.context('viewer'), ref('jaeger'));
    expect(seen.partial).toEqual([]);
    await expect(readInstallFacts(sandbox.context('nobody'), ref('jaeger'))).rejects.toMatchObject({
      status: 403,
    });
  });

  test('are those of one namespace for who may not read more, and say what is missing', async () => {
    const install = { ...grafana, namespace: 'team-a' };
    const order = { ref: ref('grafana-operator'), install, dryRun: false };
    await installOperator(sandbox.context('operator'), order);
    const facts = await eventually(
      () => readInstallFacts(sandbox.context('operator'), ref('grafana-operator'), { namespace: 'team-a' }),
      ({ apiOwners }) => apiOwners.length > 0,
    );
    expect(facts.catalog).toEqual({ exists: undefined, state: '', global: true });
    expect(facts.apiOwners.map(({ namespace }) => namespace)).toEqual(['team-a']);
    expect(facts.partial.map(({ resource }) => resource)).toEqual(['catalogsources.operators.coreos.com']);
  });

  test('tell of a catalog that does not answer, also when it serves the package no more', async () => {
    const admin = sandbox.context('admin');
    const place = { namespace: 'cpaas-system' };
    await admin.kube.mergePatch(catalogSources, 'lonely', { spec: { address: 'nowhere:50051' } }, place);
    const facts = await eventually(
      () => readInstallFacts(sandbox.context('admin'), ref('lonely-operator', 'lonely')),
      ({ catalog }) => catalog.state !== 'READY',
    );
    expect(facts.catalog).toMatchObject({ exists: true, state: 'TRANSIENT_FAILURE' });
    await expect(
      eventually(
        () => getOperator(sandbox.context('admin'), ref('lonely-operator', 'lonely')),
        () => false,
      ),
    ).rejects.toMatchObject({ code: 'not-found', detail: expect.stringContaining('TRANSIENT_FAILURE') });
    await admin.kube.delete(catalogSources, 'lonely', place);
    const gone = await readInstallFacts(sandbox.context('admin'), ref('lonely-operator', 'lonely'));
    expect(gone.catalog.exists).toBe(false);
  });
});

describe('the namespaces of the install form', () => {
  test('tell which plans wait there', async () => {
    const install: InstallInput = {
      channel: 'stable',
      version: '2.12.11',
      namespace: 'waiting',
      mode: 'AllNamespaces',
      approval: 'Manual',
    };
    await installOperator(sandbox.context('admin'), {
      ref: ref('harbor-ce-operator'),
      install,
      dryRun: false,
    });
    const place = await eventually(
      async () =>
        (await listInstallNamespaces(sandbox.context('admin'))).items.find(({ name }) => name === 'waiting'),
      (found) => (found?.waitingPlans.length ?? 0) > 0,
    );
    expect(place).toMatchObject({
      subscriptions: [{ package: 'harbor-ce-operator', catalog: 'platform', approval: 'Manual' }],
      waitingPlans: [{ clusterServiceVersionNames: ['harbor-ce-operator.v2.12.11'] }],
    });
  });

  test('can be asked one by one by who may not list them', async () => {
    const operator = sandbox.context('operator');
    const all = await listInstallNamespaces(operator);
    expect(all.items).toEqual([]);
    expect(all.partial.map(({ resource }) => resource)).toContain('namespaces');
    const one = await listInstallNamespaces(sandbox.context('operator'), { namespace: 'team-a' });
    expect(one).toEqual({
      items: [expect.objectContaining({ name: 'team-a', waitingPlans: [] })],
      partial: [],
    });
  });
});
