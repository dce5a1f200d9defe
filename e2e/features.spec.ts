import type { Locator, Page } from '@playwright/test';
import { expect, expectAccessible, test } from './support/test';

const features = '/clusters/business?tab=features';
/** The approval of one operator takes a while and is refused. */
const refusal = {
  path: '/kubernetes/business/apis/operators.coreos.com/v1alpha1/namespaces/harbor-ce-operator/installplans/*',
  methods: ['PATCH'],
  delayMs: 8_000,
  status: { code: 403, reason: 'Forbidden', message: 'the policy of this test' },
};

test.use({ stackOptions: { state: 'lived-in', sandbox: { SANDBOX_FAULTS: '1' } } });
test.describe.configure({ timeout: 240_000 });

function rowOf(page: Page, name: string): Locator {
  return page
    .getByRole('table', { name: 'Components', exact: true })
    .getByRole('row')
    .filter({ has: page.getByText(name, { exact: true }) });
}

async function select(page: Page, names: readonly string[]): Promise<void> {
  for (const name of names) await rowOf(page, name).getByRole('checkbox').check();
}

/** Accepts every risk and confirms; answers the dialog's heading. */
async function confirm(page: Page, action: string): Promise<string> {
  const dialog = page.getByRole('dialog');
  const button = dialog.getByRole('button', { name: action, exact: true });
  await expect(button).toBeVisible();
  const heading = (await dialog.getByRole('heading').first().textContent()) ?? '';
  for (const risk of await dialog.getByRole('checkbox').all()) await risk.check();
  await button.click();
  await expect(dialog).toHaveCount(0);
  return heading;
}

const runOf = (page: Page, cluster: string) =>
  page.getByRole('region', { name: `Upgrade run on ${cluster}`, exact: true });

const totalOf = (page: Page, cluster: string) => runOf(page, cluster).getByRole('status').first();

test('a batch of operators and plugins outlives its browser and the console, with one that fails', async ({
  page: first,
  context,
  stack,
  signIn,
  kubectl,
  request,
}) => {
  const faults = (data: object) =>
    request.post(`${stack.sandboxUrl}/sandbox/faults`, { data, ignoreHTTPSErrors: true });
  expect((await faults({ faults: [refusal] })).ok()).toBe(true);
  const before = JSON.stringify({ spec: { upgradeBefore: [{ moduleName: 'metallb' }] } });
  await kubectl('global', 'patch', 'moduleconfig', 'multus-v4.2.0', '--type=merge', '-p', before);

  await signIn('admin');
  await first.goto('/clusters');
  await first.getByRole('link', { name: /upgrades business/ }).click();
  await expect(rowOf(first, 'harbor-ce-operator/harbor-ce-operator')).toBeVisible({ timeout: 30_000 });
  const others = first.getByRole('table', { name: 'Other components' });
  await expect(others.getByRole('row').filter({ hasText: 'strimzi-kafka-operator' })).toContainText(
    'Community',
  );
  await expect(
    others.getByRole('row').filter({ hasText: 'rabbitmq-system/rabbitmq-cluster-operator' }),
  ).toContainText('rabbitmq-messaging-topology-operator.v1.17.4');
  await expect(others.getByRole('row').filter({ hasText: 'alb' }).first()).toContainText(
    'upgrade the cluster',
  );
  await expect(others.getByRole('checkbox')).toHaveCount(0);
  await expectAccessible(first);

  await select(first, [
    'harbor-ce-operator/harbor-ce-operator',
    'gitlab-ce-operator/gitlab-ce-operator',
    'redis-system/redis-operator',
    'tekton-operator/tektoncd-operator',
    'argocd/argocd-operator',
    'postgresql-operator/postgresql-operator',
    'multus',
    'metallb',
    'volcano',
    'nfs',
  ]);
  await first.getByRole('button', { name: 'Upgrade selected', exact: true }).click();
  await expect(first.getByRole('dialog')).toContainText(
    'after Alauda Container Platform Networking for Multus',
  );
  expect(await confirm(first, 'Upgrade selected')).toBe('Upgrade 10 components on business');
  const harbor = 'harbor-ce-operator/harbor-ce-operator';
  await expect(rowOf(first, harbor).getByRole('progressbar')).toBeVisible();
  await first.goto('about:blank');
  await stack.restartConsole();

  const page = await context.newPage();
  await page.goto(features);
  await expect(page.getByText('Nobody carries this run out at the moment')).toBeVisible({ timeout: 40_000 });
  await runOf(page, 'business').getByRole('button', { name: 'Continue' }).click();
  await expect(totalOf(page, 'business')).toContainText('9 of 10 done · 1 failed', {
    timeout: 120_000,
  });
  await expect(rowOf(page, harbor)).toContainText('Failed');
  await expect(rowOf(page, harbor)).toContainText('the policy of this test');
  await expect(rowOf(page, 'metallb')).toContainText('Succeeded');
  const phases = [
    'get',
    'csv',
    '-A',
    '-o',
    'jsonpath={range .items[*]}{.metadata.name}={.status.phase} {end}',
  ];
  expect(await kubectl('business', ...phases)).toContain('gitlab-ce-operator.v17.11.1=Succeeded');

  await faults({ reset: true });
  await rowOf(page, harbor)
    .getByRole('button', { name: /^Retry/ })
    .click();
  await expect(totalOf(page, 'business')).toContainText('10 of 10 done', {
    timeout: 40_000,
  });

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download CSV' }).click();
  expect((await download).suggestedFilename()).toBe('upgrade-business.csv');

  await page.getByRole('tab', { name: 'Activity' }).click();
  const activity = page.getByRole('table', { name: 'Activity' });
  const approval = activity.getByRole('row').filter({ hasText: 'InstallPlan · gitlab-ce-operator' }).first();
  await expect(approval).toContainText('admin', { timeout: 20_000 });
  await expect(approval).toContainText('false → true');
  await expectAccessible(page);
});

test('two administrators who start the same batch share one run', async ({ browser, stack, kubectl }) => {
  const pages = await Promise.all(
    ['one', 'two'].map(async () => {
      const page = await (await browser.newContext({ baseURL: stack.url })).newPage();
      await page.goto('/login');
      await page.getByRole('button', { name: 'Sign in as admin', exact: true }).click();
      await expect(page.getByRole('button', { name: 'Account' })).toBeVisible();
      await page.goto(features);
      await select(page, ['opentelemetry-operator2/opentelemetry-operator2', 'descheduler']);
      await page.getByRole('button', { name: 'Upgrade selected', exact: true }).click();
      return page;
    }),
  );
  await Promise.all(pages.map((page) => confirm(page, 'Upgrade selected')));
  for (const page of pages) {
    await expect(totalOf(page, 'business')).toContainText('2 of 2 done', {
      timeout: 60_000,
    });
    await page.context().close();
  }
  const events = ['get', 'events', '-n', 'opentelemetry-operator2', '-o', 'jsonpath={.items[*].reason}'];
  expect(
    (await kubectl('business', ...events)).split(' ').filter((reason) => reason === 'Approved'),
  ).toHaveLength(1);
});

test('a viewer sees what could be upgraded, and which permission is missing', async ({ page, signIn }) => {
  await signIn('viewer');
  await page.goto(features);
  const row = rowOf(page, 'sail-operator/servicemesh-operator2');
  await expect(row).toContainText('permission to patch installplans.operators.coreos.com', {
    timeout: 30_000,
  });
  await expect(row.getByRole('checkbox')).toBeDisabled();
  await expect(page.getByRole('button', { name: 'Upgrade all', exact: true })).toBeDisabled();
});

test('whoever may upgrade in one namespace does it there, and is told that the run ends with the page', async ({
  page,
  signIn,
  kubectl,
  apply,
}) => {
  const there = ['-n', 'team-a'];
  await kubectl('business', 'delete', 'subscriptions', 'prometheus', ...there);
  await kubectl('business', 'delete', 'csv', '--all', ...there);
  await kubectl('business', 'delete', 'operatorgroups', '--all', ...there);
  await apply(
    'business',
    `apiVersion: operators.coreos.com/v1alpha1
kind: Subscription
metadata: { name: rook-operator, namespace: team-a, annotations: { cpaas.io/target-namespaces: "" } }
spec:
  name: rook-operator
  channel: stable
  source: platform
  sourceNamespace: cpaas-system
  installPlanApproval: Manual
  startingCSV: rook-operator.v4.1.0
`,
  );
  const plan = async () =>
    kubectl(
      'business',
      'get',
      'subscriptions',
      'rook-operator',
      ...there,
      '-o',
      'jsonpath={.status.installPlanRef.name} {.status.state}',
    );
  await expect.poll(plan, { timeout: 40_000 }).toContain('UpgradePending');
  const [name = ''] = (await plan()).split(' ');
  const approve = '{"spec":{"approved":true}}';
  await kubectl('business', 'patch', 'installplan', name, ...there, '--type=merge', '-p', approve);
  await expect.poll(plan, { timeout: 60_000 }).not.toContain(name);

  await signIn('operator');
  await page.goto(`${features}&namespace=team-a`);
  await select(page, ['team-a/rook-operator']);
  await page.getByRole('button', { name: 'Upgrade selected', exact: true }).click();
  await expect(page.getByRole('dialog')).toContainText('You may not store the run');
  await confirm(page, 'Upgrade selected');
  await expect(runOf(page, 'business')).toContainText('This run ends with the page');
  await expect(totalOf(page, 'business')).toContainText('1 of 1 done', { timeout: 60_000 });
});

test('a selection over clusters is upgraded while one of three does not answer', async ({
  page,
  stack,
  signIn,
  request,
}) => {
  const faults = (data: object) =>
    request.post(`${stack.sandboxUrl}/sandbox/faults`, { data, ignoreHTTPSErrors: true });
  await faults({ faults: [{ path: '/kubernetes/edge/*', drop: true }] });
  await signIn('admin');
  await page.goto('/');
  const attention = page.getByRole('region', { name: 'Needs your attention' });
  await expect(attention).toContainText('Cluster edge does not answer', { timeout: 30_000 });
  await expect(attention).toContainText(/components? on global can be upgraded/, { timeout: 30_000 });
  await expect(attention).toContainText('on business has failed or is stuck');
  await expectAccessible(page);

  // What could not be asked is told where its plans would stand.
  await page.goto('/approvals');
  await expect(page.getByRole('table', { name: 'Pending install plans' })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('status').filter({ hasText: 'Some things could not be read' })).toContainText(
    'edge',
  );

  await page.goto('/clusters?tab=operators');
  const versions = page.getByRole('table', { name: 'Installed versions' });
  await versions.getByRole('checkbox', { name: /on business sail-operator/ }).check({ timeout: 30_000 });
  await versions
    .getByRole('checkbox', { name: /Argo CD on global/ })
    .or(versions.getByRole('checkbox', { name: /on global/ }))
    .first()
    .check();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Upgrade selected', exact: true }).click();
  expect(await confirm(page, 'Upgrade selected')).toMatch(
    /^Upgrade 2 components on (business, global|global, business)$/,
  );
  for (const cluster of ['business', 'global']) {
    await expect(totalOf(page, cluster)).toContainText('1 of 1 done', { timeout: 60_000 });
  }
  await faults({ reset: true });
});
