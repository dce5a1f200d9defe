import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectCards } from './support/narrow';
import { expect, expectAccessible, signInAs, test } from './support/test';

test.use({ stackOptions: { state: 'lived-in' } });

const waiting = "jsonpath={range .items[?(@.spec.approved==false)]}{.metadata.name}{'\\n'}{end}";

test('three plans are reviewed and approved together', async ({ page, signIn, kubectl }) => {
  await signIn('admin');
  await page.goto('/clusters/business/approvals');
  const table = page.getByRole('table', { name: 'Pending install plans' });
  const namespaces = ['redis-system', 'argocd', 'postgresql-operator'];
  for (const namespace of namespaces) {
    const row = table.getByRole('row').filter({ hasText: namespace }).first();
    await row.getByRole('link', { name: 'Review' }).click();
    await expect(page.getByRole('heading', { name: 'Custom resources' })).toBeVisible();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Upgrade');
    await page.goBack();
  }
  await expect(page.getByRole('button', { name: 'Approve selected' })).toBeDisabled();
  for (const namespace of namespaces) {
    await table.getByRole('row').filter({ hasText: namespace }).first().getByRole('checkbox').check();
  }
  await expectAccessible(page);
  const link = page.getByRole('link', { name: /^Approvals/ });
  const waitingBefore = Number((await link.textContent())?.match(/\d+$/)?.[0]);
  expect(waitingBefore).toBeGreaterThanOrEqual(3);
  await page.getByRole('button', { name: 'Approve selected' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('heading')).toHaveText('Approve 3 install plans on business');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Approve selected' }).click();
  await expect(dialog.getByRole('status')).toHaveText('3 of 3 approved');
  // What was pressed is gone; the keyboard goes on from where it was.
  await expect(dialog).toBeFocused();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(page.getByRole('main')).toBeFocused();
  // The number falls without a reload; operators with more than one version to go have the next plan by then.
  await expect
    .poll(async () => Number((await link.textContent())?.match(/\d+$/)?.[0]))
    .toBeLessThan(waitingBefore);
  for (const namespace of namespaces) {
    await expect
      .poll(() =>
        kubectl('business', '-n', namespace, 'get', 'csv', '-o', 'jsonpath={.items[*].status.phase}'),
      )
      .toContain('Succeeded');
  }
});

test('another operator in the same plan is named before approval', async ({ page, signIn, kubectl }) => {
  await signIn('admin');
  const [plan] = (
    await kubectl('business', '-n', 'rabbitmq-system', 'get', 'installplans', '-o', waiting)
  ).split('\n');
  await page.goto(`/clusters/business/approvals/rabbitmq-system/${plan}`);
  await expect(page.getByText(/This plan also upgrades .* in the same namespace/)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'kubectl' }).click();
  await expect(page.getByRole('dialog')).toContainText('kubectl --context');
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
  await page
    .getByRole('button', { name: /^ClusterServiceVersion / })
    .first()
    .click();
  await expect(page.getByText('kind: ClusterServiceVersion').first()).toBeVisible();
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('heading')).toContainText('1 more');
  await expect(dialog).toContainText('rabbitmq-messaging-topology-operator');
});

test('a plan that is superseded between review and approval is not approved, and is cleaned up', async ({
  page,
  signIn,
  kubectl,
}) => {
  const namespace = 'gitlab-ce-operator';
  await signIn('admin');
  const [plan = ''] = (
    await kubectl('business', '-n', namespace, 'get', 'installplans', '-o', waiting)
  ).split('\n');
  await page.goto(`/clusters/business/approvals/${namespace}/${plan}`);
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('heading')).toContainText('gitlab-ce-operator');

  // Somebody subscribes to another operator in the namespace: OLM makes a plan for both.
  const answer = await page.request.post(
    '/api/clusters/business/operators/cpaas-system/platform/rook-operator/install',
    {
      data: {
        channel: 'stable',
        version: await headOf(page, 'rook-operator'),
        namespace,
        mode: 'AllNamespaces',
        approval: 'Manual',
      },
      headers: { origin: new URL(page.url()).origin },
    },
  );
  expect(answer.status()).toBe(200);
  await expect(dialog.getByText('This plan is no longer what you reviewed')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Approve', exact: true })).toBeDisabled();
  expect(
    await kubectl('business', '-n', namespace, 'get', 'installplan', plan, '-o', 'jsonpath={.spec.approved}'),
  ).toBe('false');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('Superseded').first()).toBeVisible();

  await page.goto('/clusters/business/approvals');
  const leftovers = page.getByRole('table', { name: 'Left-over install plans' });
  await leftovers
    .getByRole('row')
    .filter({ hasText: plan })
    .getByRole('button', { name: 'Clean up' })
    .click();
  await expect(dialog.getByRole('heading')).toContainText(plan);
  await dialog.getByRole('button', { name: 'Clean up' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText(plan, { exact: true })).toBeHidden();
});

test('an upgrade over three hops stops where it was asked to, and waits for who continues it', async ({
  page,
  signIn,
  kubectl,
}) => {
  test.slow();
  const runs = () =>
    kubectl('business', '-n', 'kafka', 'get', 'csv', '-o', 'jsonpath={.items[*].metadata.name}');
  await signIn('admin');
  await page.goto(
    '/clusters/business/operatorhub/cpaas-system/platform/strimzi-kafka-operator?tab=subscription',
  );
  await expect(page.getByText('OLM decides each of them')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Upgrade', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('heading')).toHaveText('Upgrade Strimzi to 0.48.0 on business');
  await dialog.getByRole('radio', { name: 'Not beyond 0.46.1' }).check();
  await expect(dialog.getByRole('heading')).toHaveText('Upgrade Strimzi to 0.46.1 on business');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Upgrade', exact: true }).click();
  await expect(page.getByText('This page upgrades to 0.46.1')).toBeVisible();
  // Two hops, then the plan to 0.48.0 waits and nobody gives it.
  await expect(page.getByText(/0\.46\.1 is installed; 0\.48\.0 is available/)).toBeVisible({
    timeout: 60_000,
  });
  expect(await runs()).toContain('v0.46.1');
  await expect(page.getByRole('button', { name: 'Approve', exact: true })).toBeVisible();

  // The third hop is asked for elsewhere: a page that is opened only to look does not drive it.
  await kubectl(
    'business',
    '-n',
    'kafka',
    'annotate',
    'subscriptions.operators.coreos.com',
    'strimzi-kafka-operator',
    'marketplace-console/upgrade-to=strimzi-cluster-operator.v0.48.0',
  );
  await expect(page.getByText('An upgrade to 0.48.0 is under way, and no page drives it')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText(/0\.48\.0 is installed/)).toBeVisible({ timeout: 60_000 });
  await expect.poll(runs).toBe('strimzi-cluster-operator.v0.48.0');
});

test('of two administrators at the same plan one approves, and the other is told', async ({
  page,
  signIn,
  kubectl,
  browser,
  baseURL,
}) => {
  const namespace = 'tekton-operator';
  const [plan = ''] = (
    await kubectl('business', '-n', namespace, 'get', 'installplans', '-o', waiting)
  ).split('\n');
  const address = `/clusters/business/approvals/${namespace}/${plan}`;
  const second = await browser.newContext({ baseURL: baseURL ?? '' });
  const other = await second.newPage();
  await signInAs(other, 'admin');
  await signIn('admin');
  for (const one of [page, other]) {
    await one.goto(address);
    await one.getByRole('button', { name: 'Approve', exact: true }).click();
    await expect(one.getByRole('dialog').getByRole('heading')).toContainText('tektoncd-operator');
  }
  await page.getByRole('dialog').getByRole('button', { name: 'Approve', exact: true }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  const late = other.getByRole('dialog');
  await expect(late.getByText('This plan is no longer what you reviewed')).toBeVisible();
  await expect(late.getByRole('button', { name: 'Approve', exact: true })).toBeDisabled();
  await second.close();
});

test('who loses the right between review and approval approves nothing, and is told which', async ({
  page,
  signIn,
  kubectl,
}) => {
  await signIn('operator');
  const [plan = ''] = (await kubectl('business', '-n', 'team-a', 'get', 'installplans', '-o', waiting)).split(
    '\n',
  );
  await page.goto(`/clusters/business/approvals/team-a/${plan}`);
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('heading')).toContainText('prometheusoperator');
  await kubectl('business', '-n', 'team-a', 'delete', 'rolebinding', 'operator-managers');
  await dialog.getByRole('button', { name: 'Approve', exact: true }).click();
  await expect(dialog.getByText(/installplans/)).toBeVisible();
  await expect(dialog.getByRole('alert')).toContainText('not approved');
  expect(
    await kubectl('business', '-n', 'team-a', 'get', 'installplan', plan, '-o', 'jsonpath={.spec.approved}'),
  ).toBe('false');
});

test('a plan with 2,000 steps and manifests that do not parse is shown', async ({
  page,
  signIn,
  kubectl,
  apply,
}) => {
  const namespace = 'nexus-ce-operator';
  const name = 'install-2000';
  await apply(
    'business',
    JSON.stringify({
      apiVersion: 'operators.coreos.com/v1alpha1',
      kind: 'InstallPlan',
      metadata: { name, namespace },
      spec: { approval: 'Manual', approved: false, clusterServiceVersionNames: ['huge.v1.0.0'] },
    }),
  );
  await signIn('admin');
  await page.goto(`/clusters/business/approvals/${namespace}/${name}`);
  await expect(page.getByText(/OLM has not written|no status/i).first()).toBeVisible();

  const step = (index: number) => ({
    resolving: 'huge.v1.0.0',
    status: 'NotPresent',
    resource: {
      group: '',
      version: 'v1',
      kind: 'ConfigMap',
      name: `part-${index}`,
      sourceName: 'platform',
      sourceNamespace: 'cpaas-system',
      manifest:
        index % 100 === 0
          ? '{broken'
          : JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `part-${index}` } }),
    },
  });
  const status = {
    phase: 'RequiresApproval',
    catalogSources: [],
    plan: Array.from({ length: 2000 }, (_, index) => step(index)),
  };
  const file = join(await mkdtemp(join(tmpdir(), 'plan-')), 'status.json');
  await writeFile(file, JSON.stringify({ status }));
  await kubectl(
    'business',
    '-n',
    namespace,
    'patch',
    'installplan',
    name,
    '--subresource=status',
    '--type=merge',
    '--patch-file',
    file,
  );
  await expect(page.getByText('part-1', { exact: true }).first()).toBeVisible();
  const asked = Date.now();
  const answer = await page.request.get(`/api/clusters/business/installplans/${namespace}/${name}`);
  const served = Date.now() - asked;
  expect(answer.ok()).toBe(true);
  const started = Date.now();
  await page.reload();
  await expect(page.getByText('part-1', { exact: true }).first()).toBeVisible();
  test.info().annotations.push({
    type: '2,000 steps',
    description: `served in ${served} ms, shown in ${Date.now() - started} ms`,
  });
  // A second on a machine of its own; this one is shared.
  expect(Date.now() - started).toBeLessThan(5_000);
});

test('a viewer reads the review and may neither select nor approve', async ({ page, signIn }) => {
  await signIn('viewer');
  await page.goto('/approvals?q=harbor');
  const table = page.getByRole('table', { name: 'Pending install plans' });
  const row = table.getByRole('row').filter({ hasText: 'harbor' });
  await expect(row.getByRole('button', { name: 'Approve', exact: true })).toBeDisabled();
  await expect(row.getByRole('checkbox')).toBeDisabled();
  await expect(row.getByRole('checkbox')).toHaveAccessibleDescription(/permission to patch installplans/);
  await expectCards(page, table);
  await row.getByRole('link', { name: 'Review' }).click();
  await expect(page.getByRole('heading', { name: 'Custom resources' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Approve', exact: true })).toBeDisabled();
});

async function headOf(page: import('@playwright/test').Page, name: string): Promise<string> {
  const answer = await page.request.get(`/api/clusters/business/operators/cpaas-system/platform/${name}`);
  return (await answer.json()).version;
}
